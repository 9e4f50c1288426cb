"""Watching for a session at which nobody presses a key."""

from __future__ import annotations

from collections.abc import Callable

from core.api import Origin
from screens.texts import _

LOG_IN_LIMIT = 60.0
SERIAL_LIMIT = 300.0
LIMIT = 600.0
WARNING = 60.0
TOUCH_PERIOD = 30.0


def limit_for(origin: Origin, *, logged_in: bool) -> float:
    """Seconds without a key after which the session ends."""
    if not logged_in:
        return LOG_IN_LIMIT
    return SERIAL_LIMIT if origin.kind == "serial" else LIMIT


class IdleWatch:
    """Knows when the last key was pressed, by a clock that never steps."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._last_key = elapsed()
        self._last_touch = elapsed()

    def key_pressed(self) -> None:
        self._last_key = self._elapsed()

    def second_passed(self, origin: Origin, *, logged_in: bool) -> str:
        """What to tell the user now, `end` when the session is over, "" else."""
        left = limit_for(origin, logged_in=logged_in) - (self._elapsed() - self._last_key)
        if left <= 0:
            return "end"
        if logged_in and left <= WARNING:
            return _("Nobody has pressed a key. The session ends in {seconds} s.").format(seconds=round(left))
        return ""

    def touch_due(self) -> bool:
        """Whether the station should hear that somebody is still at the keyboard; true once a period."""
        if self._last_key <= self._last_touch or self._elapsed() - self._last_touch < TOUCH_PERIOD:
            return False
        self._last_touch = self._elapsed()
        return True
