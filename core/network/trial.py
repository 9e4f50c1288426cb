"""A change on trial: how long it has, and who may confirm it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from core.access import Actor, origin_text
from core.errors import Busy, NotAllowed
from core.network.addressing import Addressing, is_tried
from core.settings.plan import Plan
from core.values.network import NetworkCheck
from core.values.people import SessionInfo
from core.values.setting import Value
from core.values.settings import Change


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """`asked` is what was to be changed, `values` what follows from it; `ends_at` in s of elapsed time.

    Sessions up to `last_session` were there before it. `whole`: it came from a file, see Settings.plan.
    """

    asked: Mapping[str, Value]
    values: Mapping[str, Value]
    changes: tuple[Change, ...]
    before: Addressing
    wanted: Addressing
    account: str
    origin: str
    session: int
    last_session: int
    confirm_within_s: int
    ends_at: float
    whole: bool = False
    applied: bool = False
    checks: tuple[NetworkCheck, ...] = ()


def new_trial(
    plan: Plan,
    asked: Mapping[str, Value],
    actor: Actor,
    session: int,
    *,
    before: Addressing,
    wanted: Addressing,
    last_session: int,
    confirm_within_s: int,
    now: float,
    whole: bool = False,
) -> Trial:
    """What of a plan goes on trial, from `now` on."""
    return Trial(
        asked={key: value for key, value in asked.items() if is_tried(key)},
        values={key: value for key, value in plan.values.items() if is_tried(key)},
        changes=tuple(change for change in plan.changes if is_tried(change.key)),
        before=before,
        wanted=wanted,
        account=actor.account,
        origin=origin_text(actor.origin),
        session=session,
        last_session=last_session,
        confirm_within_s=confirm_within_s,
        ends_at=now + confirm_within_s,
        whole=whole,
    )


def seconds_left(trial: Trial, now: float) -> int:
    """Whole seconds, 0 only when none is left."""
    return max(0, math.ceil(trial.ends_at - now))


def refuse_another(trial: Trial | None, now: float) -> None:
    """Raises Busy, with who and how long, while a change is on trial."""
    if trial is not None:
        raise Busy(
            "A change of the network by {account} ({origin}) is on trial for another {seconds} s. "
            "Confirm it or take it back first.",
            account=trial.account,
            origin=trial.origin,
            seconds=seconds_left(trial, now),
        )


def loses(session: SessionInfo, before: Addressing, wanted: Addressing) -> bool:
    """True when the session came in by an address that the station gives up."""
    gone = set(before.addresses) - set(wanted.addresses)
    return session.origin.kind == "ssh" and session.origin.arrived_at in gone


def why_not(trial: Trial, session: SessionInfo, *, proves_the_way: bool) -> NotAllowed | None:
    """Why this session may not confirm; None when it may.

    A serial line and the machine itself do not depend on the network. Anybody else shows by a new log-in at
    the new address that it works.
    """
    if session.origin.kind != "ssh":
        return None
    address = trial.wanted.station
    if not trial.applied:
        return NotAllowed("The network change is still being applied. Try again in a moment.")
    if session.id <= trial.last_session:
        return NotAllowed(
            "This session was there before the change and proves nothing about the new settings. "
            "Log in anew at {address} and confirm there.",
            address=address,
        )
    if proves_the_way and session.origin.arrived_at not in trial.wanted.addresses:
        return NotAllowed(
            "This session did not come in by the new address. Log in at {address} and confirm there.",
            address=address,
        )
    return None
