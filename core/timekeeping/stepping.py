"""Setting the wall clock, and telling everybody by whom and by how much it was set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec

from core.audit import Note
from core.clock import Clock
from core.events import AnyEvent, ClockStepped, StatusChanged
from core.timekeeping.drift import Drift
from core.timekeeping.drivers import ClockDriver
from core.values.timekeeping import ClockChange


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who sets the clock; `text` says by what."""

    account: str = "station"
    origin: str = ""
    text: str = ""


class Stepping:
    """One a station: every step of its clock is in the log, once, whoever made it."""

    def __init__(
        self,
        clock: Clock,
        driver: ClockDriver,
        log: Callable[[Note], None],
        announce: Callable[[AnyEvent], None],
        told_on_the_clock: Sequence[Callable[[float], None]] = (),
    ) -> None:
        self._clock = clock
        self._driver = driver
        self._log = log
        self._announce = announce
        self._told_on_the_clock = told_on_the_clock
        self._drift = Drift(clock.now, clock.elapsed)

    @property
    def keeper(self) -> str:
        return self._driver.keeper()

    def set(self, to: datetime, author: Author) -> ClockChange:
        """Set the clock. Raises NotAllowed."""
        self.notice()
        old = self._clock.now()
        self._driver.set(to)
        seconds = (to - old).total_seconds()
        self._drift.follow()
        self._tell("clock_set", old, to, author)
        return ClockChange(changed=True, old=old, new=to, offset_s=seconds)

    def slew(self, seconds: float) -> None:
        """Let the clock come right by a little that nobody notices."""
        self._driver.slew(seconds)

    def notice(self) -> None:
        """Tell of a step that something else than the station has made."""
        seconds = self._drift.step()
        if seconds:
            new = self._clock.now()
            old = datetime.fromtimestamp(new.timestamp() - seconds, UTC)
            self._tell("clock_set", old, new, Author(text="by something else than the station"))

    def _tell(self, action: str, old: datetime, new: datetime, author: Author) -> None:
        self._log(
            Note(
                kind="audit",
                action=action,
                account=author.account,
                origin=author.origin,
                old=old.isoformat(timespec="milliseconds"),
                new=new.isoformat(timespec="milliseconds"),
                text=author.text,
            )
        )
        seconds = (new - old).total_seconds()
        for shift in self._told_on_the_clock:
            shift(seconds)
        self._announce(ClockStepped(seconds=round(seconds, 3)))
        self._announce(StatusChanged())
