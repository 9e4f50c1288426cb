"""Leaves out badges that a reader sees again and again while they are held to it."""

from __future__ import annotations

HOLD_SECONDS = 2.0
"""So long a badge must have been away before it counts again. A chip looks for cards more often than that."""


class Repeats:
    """Which badges were seen lately, each by a key."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def is_new(self, key: str, at: float) -> bool:
        """True unless it was seen within the last seconds; `at` never goes back."""
        self.pause(at)
        new = key not in self._seen
        self._seen[key] = at
        return new

    def pause(self, at: float) -> None:
        """The reader sees nothing from now on; forget what it did not see lately."""
        self._seen = {each: last for each, last in self._seen.items() if at - last < HOLD_SECONDS}

    def resume(self, at: float) -> None:
        """The reader sees again; a badge that lay on it all the time is no new one."""
        self._seen = dict.fromkeys(self._seen, at)
