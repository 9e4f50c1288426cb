"""A reader whose device may be pulled out and put back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

import msgspec

from core.clock import Clock
from core.lines.patience import Patience
from core.lines.port import DeviceLost
from core.readers.reader import Presented, ReaderState, Signal
from core.readers.repeats import Repeats

log = logging.getLogger(__name__)


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """A badge that the device sees; `is_fleeting` when it takes another identifier each time."""

    uid: str
    is_fleeting: bool = False


class Device(Protocol):
    """A kind of reader, as its driver speaks with it."""

    async def serve(self, found: Callable[[str], None], seen: Callable[[Sighting], None]) -> None:
        """Open the device, report its version, then every badge as often as it is seen. Raises DeviceLost."""

    async def beep(self, signal: Signal) -> None:
        """As `Reader.beep`."""


class RecoveringReader:
    """A reader on a device.

    `clock` is the station's, for the time of a badge; `pace` is real time, for what happens at the device.
    """

    def __init__(self, device: Device, clock: Clock, pace: Clock) -> None:
        self._device = device
        self._clock = clock
        self._pace = pace

    async def run(self, presented: Callable[[Presented], None], state: Callable[[ReaderState], None]) -> None:
        """Read badges until cancelled."""
        repeats = Repeats()
        shown: ReaderState | None = None
        patience = Patience()

        def found(version: str) -> None:
            nonlocal shown
            found_at = self._pace.elapsed()
            patience.found(found_at)
            shown = ReaderState(is_found=True, version=version)
            repeats.resume(found_at)
            log.info("badge reader found %s", version)
            state(shown)

        def seen(sighting: Sighting) -> None:
            # Fleeting identifiers count as one badge, or a telephone would be a new one at every look.
            key = "" if sighting.is_fleeting else sighting.uid
            if repeats.is_new(key, self._pace.elapsed()):
                presented(Presented(uid=sighting.uid, at=self._clock.elapsed()))

        while True:
            try:
                await self._device.serve(found, seen)
            except DeviceLost as problem:
                repeats.pause(self._pace.elapsed())
                if shown is None or shown.is_found:
                    shown = ReaderState(is_found=False, reason=str(problem))
                    log.warning("badge reader lost: %s", problem)
                    state(shown)
            await self._pace.sleep(patience.lost(self._pace.elapsed()))

    async def beep(self, signal: Signal) -> None:
        await self._device.beep(signal)
