"""An OpenEVSE board on its serial port, or behind a serial server, by RAPI."""

from __future__ import annotations

import logging
import math

import msgspec

from core.boards.device import Unanswered
from core.boards.rapi_dialogue import Dialogue
from core.boards.rapi_states import DISABLED, SETTLING, SLEEPING, RapiState, read_state, seen
from core.boards.seen import Seen
from core.charge_points.hardware import Offer, Phases
from core.charge_points.signals import cable_class, resistor_of
from core.clock import Clock
from core.lines.opening import open_port
from core.lines.place import Place
from core.lines.port import DeviceLost, Port

log = logging.getLogger(__name__)

BOOT_TRIES, BOOT_SECONDS = 10, 0.5
"""Questions, and s between them; opening the line restarts many boards, which test themselves first."""

FAILSAFE = ("SY", "10", "6")
"""s without a heartbeat, and A: the board then offers no more than this, the least that it can offer."""

LOWEST_CURRENT = 6
BEAT_SECONDS = 3.0
BOOT_LOCK_DISABLED = 0x2000
"""Bit of the board's settings; firmware without such a lock does not set it."""


class OpenEvse:
    """An OpenEVSE board. `attached`: the cable belongs to the station. `phases` of the socket, 1 or 3."""

    def __init__(self, place: Place, pace: Clock, *, attached: bool, phases: int) -> None:
        self._place = place
        self._pace = pace
        self._attached = attached
        self._phases = phases
        self._port: Port | None = None
        self._board: Dialogue | None = None
        self._has_failsafe = False
        self._beat_at = 0.0

    async def begin(self) -> str:
        """Find the board and set its failsafe. Raises DeviceLost."""
        self._port = await open_port(self._place, self._pace.sleep)
        self._board = Dialogue(self._port, self._pace.sleep)
        version = await self._version()
        await self._set_failsafe()
        await self._set_boot_lock()
        return version

    async def round(self, offer: Offer) -> Seen:
        """Tell the board what differs from the offer, then read it. Raises Unanswered, DeviceLost."""
        await self._beat()
        state = await self._state()
        highest, capacity, built_for = await self._capacity()
        amperes = min(math.floor(offer.current + 1e-6), highest)
        if amperes < LOWEST_CURRENT:
            amperes = 0
        if words := orders(state, capacity, amperes, available=offer.available):
            for each in words:
                await self._ask(*each)
            state = await self._state()
            _, capacity, _ = await self._capacity()
            if offers_more(state, capacity, amperes):
                raise Unanswered("the board does not take the current that it is told")
        read = seen(state)
        if read is None:
            raise Unanswered("the board has not made up its mind yet")
        return msgspec.structs.replace(
            read,
            current=await self._current(),
            proximity=self._proximity(read, highest),
            most=float(highest),
            built_for=float(built_for),
        )

    async def notice(self) -> None:
        await self._dialogue.notice()

    def close(self) -> None:
        if self._port is not None:
            self._port.close()
        self._port = self._board = None

    @property
    def _dialogue(self) -> Dialogue:
        if self._board is None:
            raise DeviceLost("the line to the board is closed")
        return self._board

    async def _ask(self, *words: str) -> tuple[str, ...]:
        return (await self._dialogue.ask(*words)).values

    async def _version(self) -> str:
        for _ in range(BOOT_TRIES):
            try:
                answer = await self._dialogue.ask("GV")
            except Unanswered:
                continue
            if answer.kind == "OK" and answer.values and await self._is_settled():
                return f"OpenEVSE {answer.values[0]}"
        raise DeviceLost("the board does not answer")

    async def _is_settled(self) -> bool:
        state = read_state(await self._ask("GS"))
        if state is None or state.state != SETTLING:
            return True
        await self._pace.sleep(BOOT_SECONDS)
        return False

    async def _set_failsafe(self) -> None:
        try:
            answer = await self._dialogue.ask(*FAILSAFE)
        except Unanswered as problem:
            raise DeviceLost(str(problem)) from None
        self._has_failsafe = answer.kind == "OK"
        self._beat_at = self._pace.elapsed()
        if not self._has_failsafe:
            log.warning("the board has no heartbeat: without the station it goes on as it was told last")

    async def _set_boot_lock(self) -> None:
        """Let the board charge nobody after its start until it is told to; written only where it differs."""
        try:
            values = await self._ask("GE")
            if len(values) > 1 and int(values[1], 16) & BOOT_LOCK_DISABLED:
                await self._ask("FF", "L", "1")
        except ValueError:
            return
        except Unanswered as problem:
            raise DeviceLost(str(problem)) from None

    async def _beat(self) -> None:
        if not self._has_failsafe or self._pace.elapsed() - self._beat_at < BEAT_SECONDS:
            return
        self._beat_at = self._pace.elapsed()
        if (await self._dialogue.ask("SY")).kind == "NK":
            # To acknowledge a missed heartbeat would set the highest current; to set it anew does not.
            await self._ask(*FAILSAFE)

    async def _state(self) -> RapiState:
        state = read_state(await self._ask("GS"))
        if state is None:
            raise Unanswered("the board's firmware is too old: it does not tell its flags")
        return state

    async def _capacity(self) -> tuple[int, int, int]:
        """A: the highest that it is configured for, what it offers now, what its hardware is built for."""
        values = await self._ask("GC")
        try:
            return int(values[3]), int(values[2]), int(values[1])
        except (IndexError, ValueError):
            raise Unanswered("the board does not tell its current") from None

    async def _current(self) -> Phases | None:
        """The board has one current transformer: that says nothing of a second phase."""
        values = await self._ask("GG")
        if self._phases != 1 or not values or not values[0].isdecimal():
            return None
        return (int(values[0]) / 1000, 0.0, 0.0)

    def _proximity(self, read: Seen, highest: int) -> float | None:
        """The board limits itself to what the cable carries, and tells only that."""
        is_there = read.pilot < 10.5 and not self._attached
        return resistor_of(cable_class(highest)) if is_there else None


def orders(state: RapiState, capacity: int, amperes: int, *, available: bool) -> tuple[tuple[str, ...], ...]:
    """What the board must be told to offer so many A; `capacity` is what it offers or would offer.

    In a fault the board offers nothing; it must not be told to sleep then, which would hide the fault.
    """
    if not available:
        return () if state.state == DISABLED else (("FD",),)
    rests = state.state in {SLEEPING, DISABLED}
    if amperes <= 0:
        return () if state.state == SLEEPING or state.is_fault else (("FS",),)
    return (
        *((("SC", str(amperes), "V"),) if capacity != amperes else ()),
        *((("SB",),) if state.locked else ()),
        *((("FE",),) if rests else ()),
    )


def offers_more(state: RapiState, capacity: int, amperes: int) -> bool:
    """The board would let a vehicle take more than these A."""
    rests = state.state in {SLEEPING, DISABLED} or state.is_fault
    return not rests and capacity > amperes
