"""Lets the driver bring about what is wanted, again and again until it has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from core.clock import Clock
from core.errors import TryLater
from core.network.addressing import Addressing
from core.network.driver import NetworkDriver, NotApplied
from core.network.farewell import Farewell
from core.network.marker import Marker
from core.network.trial import loses
from core.values.people import SessionInfo

AGAIN_S = 5.0


class Following:
    """`problem` says why it is behind; `failed(address, why)` is told each new reason once."""

    def __init__(
        self,
        driver: NetworkDriver,
        marker: Marker,
        clock: Clock,
        farewell: Farewell,
        failed: Callable[[str, str], None],
    ) -> None:
        self._driver = driver
        self._marker = marker
        self._clock = clock
        self._farewell = farewell
        self._done: Addressing | None = None
        self._failed = failed
        self._try_at = 0.0
        self.is_behind = True
        self.problem = ""

    def fall_behind(self, *, rest_s: float = 0.0) -> None:
        """Something else is wanted from now on; it is not tried before `rest_s` have passed."""
        self.is_behind = True
        self._try_at = self._clock.elapsed() + rest_s

    async def mark(self, said: str) -> None:
        """Put on the disk that what comes is on trial. Raises TryLater."""
        try:
            await asyncio.to_thread(self._marker.set, said)
        except OSError as fault:
            raise TryLater(
                "The change cannot be made safe on the station's disk: {said}", said=fault.strerror
            ) from None

    @property
    def is_due(self) -> bool:
        return self.is_behind and self._clock.elapsed() >= self._try_at

    def loses(self, session: SessionInfo, wanted: Addressing) -> bool:
        """True when the session came in by an address that is there now and will not be."""
        done = self._done
        return done is not None and self._driver.proves_the_way and loses(session, done, wanted)

    async def bring_about(self, wanted: Addressing, *, confirm_within_s: int = 0) -> None:
        """Let the driver do it; what is not on trial takes the mark from the disk when it is done."""
        if self._done is not None and self._driver.proves_the_way:
            await self._farewell.say(self._done, wanted, confirm_within_s)
        try:
            await self._driver.apply(wanted)
            self._done = wanted
            if not confirm_within_s:
                await asyncio.to_thread(self._marker.remove)
        except (NotApplied, OSError) as fault:
            if self.problem != str(fault):
                self._failed(wanted.station, str(fault))
            self.problem = str(fault)
            self.fall_behind(rest_s=AGAIN_S)
        else:
            self.problem, self.is_behind = "", False
