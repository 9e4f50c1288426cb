"""Restarting the station: at once, or when no charge is open; charges end with their records."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from types import MappingProxyType

from core.access import Actor, origin_text
from core.audit import Note
from core.errors import Busy, Invalid, NotFound, TryLater
from core.events import StationRestarting, StatusChanged
from core.light import light_now, show_light
from core.parts import Parts
from core.resetting.order import Order, give
from core.values.control import RestartPurpose, RestartWhen, WaitingRestart

LAST_WRITES_SECONDS = 5.0
ACTION_OF: Mapping[RestartPurpose, str] = MappingProxyType(
    {
        "restart": "restart",
        "firmware": "firmware",
        "factory_reset": "factory_reset",
        "personal_data": "erase_personal_data",
    }
)
"""What an account must be allowed (`core.access.ACTIONS`) to ask for each, and to take it back."""


async def restart(
    parts: Parts, actor: Actor, when: RestartWhen = "now", purpose: RestartPurpose = "restart"
) -> WaitingRestart | None:
    """Restart now or later; see `api.Station.restart` and `factory_reset`.

    Raises TryLater while a restart is under way, StorageFull where a reset cannot be written down.
    """
    if parts.ending.is_restarting:
        raise TryLater("The station restarts already.")
    asked = WaitingRestart(
        purpose=purpose,
        account=actor.account,
        origin=origin_text(actor.origin),
        since=parts.clock.now(),
    )
    if when not in {"if_free", "now", "when_free"}:
        raise Invalid("A restart is if_free, now or when_free, got {got}", got=when)
    waiting = parts.ending.waiting
    if waiting is not None and purpose == "restart" and waiting.purpose != "restart":
        raise Busy(
            "What {account} ({origin}) has asked for waits until no car charges, and restarts the station "
            "then. Take it back first.",
            account=waiting.account,
            origin=waiting.origin,
        )
    if purpose in {"factory_reset", "personal_data"}:
        # Copies from before newer software are what a station goes back to that leaves it again.
        parts.firmware.require_none()
    require_choice(parts, when)
    if when == "now" or not parts.charging.open_points():
        await _now(parts, asked)
        return None
    if waiting is not None and waiting.purpose == purpose:
        return waiting
    parts.ending.waiting = asked
    _note(parts, "restart_postponed", asked)
    parts.announcer.announce(StatusChanged())
    return asked


def require_choice(parts: Parts, when: RestartWhen) -> None:
    """Raises Busy while a charge is open and nobody has chosen what becomes of it."""
    charging = parts.charging.open_points()
    if charging and when == "if_free":
        raise Busy(
            "A charge is open at charge point {points}. Restart now, which ends it with its record, or when "
            "no car charges.",
            points=", ".join(str(point) for point in charging),
        )


def take_back(parts: Parts, actor: Actor) -> WaitingRestart:
    """Take back what waits; see `api.Station.take_back_restart`."""
    waiting = parts.ending.waiting
    if waiting is None:
        raise NotFound("No restart waits.")
    parts.ending.waiting = None
    by = WaitingRestart(
        purpose=waiting.purpose,
        account=actor.account,
        origin=origin_text(actor.origin),
        since=waiting.since,
    )
    _note(parts, "restart_taken_back", by)
    if waiting.purpose == "firmware":
        parts.firmware.take_back(account=by.account, origin=by.origin)
    parts.announcer.announce(StatusChanged())
    return waiting


async def restart_when_free(parts: Parts) -> None:
    """Carry out the restart that waits once no charge is open."""
    waiting = parts.ending.waiting
    if waiting is not None and not parts.ending.is_restarting and not parts.charging.open_points():
        # What cannot be written down goes on waiting: it is tried again with the next tick.
        with contextlib.suppress(TryLater):
            await _now(parts, waiting)


async def _now(parts: Parts, asked: WaitingRestart) -> None:
    if asked.purpose == "factory_reset" or asked.purpose == "personal_data":
        given = Order(
            kind=asked.purpose, account=asked.account, origin=asked.origin, ordered=parts.clock.now()
        )
        give(parts.folder, given)
    parts.ending.is_restarting = True
    parts.ending.waiting = None
    show_light(parts, light_now(parts))
    parts.announcer.announce(StatusChanged())
    _note(parts, "restarted", asked)
    try:
        await parts.charging.end_all("restart")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WRITES_SECONDS):
                await parts.storage.flush()
    finally:
        parts.sessions.leave()
        parts.announcer.announce(StationRestarting(by=asked.account, purpose=asked.purpose))
        parts.ending.ask("restart")


def _note(parts: Parts, action: str, asked: WaitingRestart) -> None:
    parts.audit.note_when_possible(
        Note(
            kind="audit",
            action=action,
            account=asked.account,
            origin=asked.origin,
            subject="" if asked.purpose == "restart" else asked.purpose,
            text=", ".join(parts.settings.restart_keys()),
        )
    )
