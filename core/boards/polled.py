"""A real board: asked again and again, told what changes at once, looked for while it is silent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine

from core.audit import Note
from core.boards.contactor import Feedback
from core.boards.device import Device, Unanswered
from core.boards.seen import Seen
from core.charge_points.hardware import Offer, Readings
from core.clock import Clock
from core.lines.patience import Patience
from core.lines.port import DeviceLost

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
MOST_UNANSWERED = 4
"""Rounds in a row; more, and the board is silent."""

SILENT_SECONDS = 5.0
"""s; what was read so long ago does not count any more, whatever has become of the driver."""

NOTHING = Offer()


class PolledBoard:
    """The board of a charge point on a line.

    `pace` tells real time. `changed` is called when it reads something new, `note` when it is found or lost;
    neither waits. `reason` says why it is lost, for an electrician.
    """

    def __init__(self, name: str, device: Device, pace: Clock) -> None:
        self.name = name
        self.version = ""
        self.reason = ""
        self.changed: Callable[[], None] = _nobody
        self.note: Callable[[Note], None] = _nothing
        self._device = device
        self._pace = pace
        self._feedback = Feedback()
        self._offer = NOTHING
        self._told: Offer | None = None
        self._believed = 0.0
        self._seen: Seen | None = None
        self._seen_at = 0.0
        self._has_seen = asyncio.Event()
        self._wake = asyncio.Event()

    # ------------------------------------------------------------ what the station asks

    @property
    def is_silent(self) -> bool:
        """Nothing was read lately."""
        return self._seen is None or self._pace.elapsed() - self._seen_at > SILENT_SECONDS

    def readings(self, at: float) -> Readings | None:
        seen = self._seen
        if seen is None or self.is_silent:
            return None
        return Readings(
            pilot=seen.pilot,
            modulated=seen.modulated,
            diode_ok=seen.diode_ok,
            proximity=seen.proximity,
            current=seen.current,
            contactor_closed=self._feedback.judged(seen.relay, told=self._offer.closed, at=at),
            locked=None,
            most=seen.most,
            built_for=seen.built_for,
            believed=self._believed,
            reported=seen.reported,
        )

    def apply(self, offer: Offer, at: float) -> None:  # noqa: ARG002 - for boards on the station's clock
        self._offer = offer
        self._wake.set()

    def next_change(self, at: float) -> float | None:  # noqa: ARG002 - nobody knows a vehicle's next move
        return None

    async def told(self) -> None:
        """Return when the board has been told the last offer, or is silent."""
        while self._seen is not None and self._told != self._offer:
            self._has_seen.clear()
            await self._has_seen.wait()

    # ------------------------------------------------------------ what it does

    async def run(self) -> None:
        """Keep in touch with the board until cancelled."""
        patience = Patience()
        while True:
            try:
                await self._serve(patience)
            except DeviceLost as problem:
                self._lose(str(problem))
            finally:
                self._device.close()
                self._forget()
            await self._pace.sleep(patience.lost(self._pace.elapsed()))

    async def _serve(self, patience: Patience) -> None:
        version = await self._device.begin()
        unanswered = 0
        while True:
            self._wake.clear()
            offer = self._offer
            # Even a request without an answer may have been heard.
            self._believed = max(self._believed, offer.current)
            try:
                seen = await self._device.round(offer)
            except Unanswered as problem:
                unanswered += 1
                if unanswered >= MOST_UNANSWERED:
                    raise DeviceLost(str(problem)) from None
            else:
                if self._seen is None:
                    self._found(version)
                elif self.is_silent:
                    raise DeviceLost("the board answers too late")
                patience.found(self._pace.elapsed())
                unanswered = 0
                self._take(seen, offer)
            await self._rest()

    def _take(self, seen: Seen, told: Offer) -> None:
        is_new = seen != self._seen or self._believed != told.current
        self._seen, self._told, self._believed = seen, told, told.current
        self._seen_at = self._pace.elapsed()
        self._has_seen.set()
        if is_new:
            self.changed()

    def _found(self, version: str) -> None:
        log.info("%s: board found, firmware %s", self.name, version)
        self.note(Note(kind="event", action="board_found", subject=self.name, text=version))
        self.version, self.reason = version, ""

    def _lose(self, reason: str) -> None:
        if self.reason != reason:
            self.reason = reason
            log.warning("%s: board lost: %s", self.name, reason)
            self.note(Note(kind="event", action="board_lost", subject=self.name, text=reason))

    def _forget(self) -> None:
        """A board that comes back offers nothing before the station has seen it."""
        self._offer, self._told = NOTHING, None
        if self._seen is not None:
            self._seen = None
            self._has_seen.set()
            self.changed()

    async def _rest(self) -> None:
        """Wait for the next round: for a while, for another offer, or until the board says something."""
        causes: tuple[Coroutine[object, object, object], ...] = (
            _slept(self._pace, POLL_SECONDS),
            self._wake.wait(),
            self._device.notice(),
        )
        tasks = [asyncio.ensure_future(each) for each in causes]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _slept(pace: Clock, seconds: float) -> None:
    await pace.sleep(seconds)


def _nobody() -> None:
    """For a board whose changes nobody waits for."""


def _nothing(note: Note) -> None:
    """For a board of which nothing is logged."""
