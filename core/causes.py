"""The errors of the station as a whole: each raised and cleared by the part that finds its cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec

from core.audit import Note
from core.clock import Clock
from core.faults import FAULTS
from core.values.status import ErrorStatus


class Causes:
    """The station-wide errors of the guide that are active, each number once; one part answers for a number.

    `changed` tells whoever watches and `log` takes notes; neither waits.
    """

    def __init__(self, clock: Clock, changed: Callable[[], None], log: Callable[[Note], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._log = log
        self._active: dict[int, ErrorStatus] = {}

    def set(
        self,
        number: int,
        active: bool,
        *,
        cause: str = "",
        subject: str = "station",
        place: tuple[str, str] | None = None,
    ) -> bool:
        """Raise or clear an error of the guide; True when that is news. Raises KeyError for other numbers.

        `cause` says what was found, for an electrician; it may change while the error lasts. `subject` is
        what the log names. `place` is the tab and sub-tab where this cause is set right; by
        default those of the error.
        """
        fault = FAULTS[number]
        before = self._active.get(number)
        if not active:
            if before is None:
                return False
            del self._active[number]
            self._log(Note(kind="event", action="error_cleared", subject=subject, old=f"Err #{number}"))
            self._changed()
            return True
        tab, sub_tab = place or (fault.tab, fault.sub_tab)
        now = ErrorStatus(
            number=number,
            name=fault.name,
            point=None,
            since=self._clock.now() if before is None else before.since,
            advice=fault.advice,
            tab=tab,
            sub_tab=sub_tab,
            cause=cause,
        )
        if now == before:
            return False
        self._active[number] = now
        if before is None:
            self._log(
                Note(kind="event", action="error_raised", subject=subject, new=f"Err #{number}", text=cause)
            )
        self._changed()
        return before is None

    def is_active(self, number: int) -> bool:
        """The error lasts now."""
        return number in self._active

    def shift(self, seconds: float) -> None:
        """The wall clock was set: what began on the wrong clock is told on the right one."""
        by = timedelta(seconds=seconds)
        self._active = {
            number: msgspec.structs.replace(error, since=error.since + by)
            for number, error in self._active.items()
        }

    def active(self) -> tuple[ErrorStatus, ...]:
        """Every error that is active, by number."""
        return tuple(self._active[number] for number in sorted(self._active))
