"""The link at this moment, as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from core.clock import Clock
from core.ocpp.steps import REGISTER
from core.values.supervision import LinkState


class Linked:
    """One a station. `changed` hears when its state is another; times are elapsed s."""

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self.state: LinkState = "off"
        self.server = ""
        self.url = ""
        self.step = ""
        self.said = ""
        self.heard_at: float | None = None
        self.failing_since: float | None = None
        """Since when it has not been connected, though it was tried."""
        self.failures = 0
        self.retry_at: float | None = None
        self.clock_offset: float | None = None
        """s; the central system's time less the station's."""

    @property
    def is_up(self) -> bool:
        return self.state == "connected"

    def off(self) -> None:
        """No central system is wanted."""
        self._put("off", url="", server="")
        self.step = self.said = ""
        self.heard_at = self.failing_since = None
        self.failures = 0

    def trying(self, url: str, server: str) -> None:
        self._put("connecting", url=url, server=server)

    def opened(self) -> None:
        """The connection is there; whether the station is accepted is not known yet."""
        self._put("booting")

    def accepted(self) -> None:
        if not self.is_up:
            self.failing_since, self.failures = None, 0
            self.step = self.said = ""
            self._put("connected")

    def pending(self) -> None:
        if self.state != "pending":
            self.failing_since, self.failures = None, 0
            self.step, self.said = REGISTER, "The central system does not accept this station yet."
            self._put("pending")

    def heard(self) -> None:
        """Something came over it."""
        self.heard_at = self._clock.elapsed()

    def time_told(self, offset: float) -> None:
        self.clock_offset = offset

    def failed(self, step: str, said: str) -> None:
        """It could not be opened, or was lost."""
        if self.failing_since is None:
            self.failing_since = self._clock.elapsed()
        self.step, self.said = step, said

    def waits(self, seconds: float, *, rejected: bool) -> None:
        """It is tried again after so long."""
        self.failures += 1
        self._put("rejected" if rejected else "waiting", retry_at=self._clock.elapsed() + seconds)

    def wall(self, elapsed: float | None) -> datetime | None:
        """The wall clock at an elapsed time."""
        if elapsed is None:
            return None
        return self._clock.now() + timedelta(seconds=elapsed - self._clock.elapsed())

    def _put(
        self,
        state: LinkState,
        *,
        url: str | None = None,
        server: str | None = None,
        retry_at: float | None = None,
    ) -> None:
        self.state, self.retry_at = state, retry_at
        self.url = self.url if url is None else url
        self.server = self.server if server is None else server
        self._changed()
