"""The part of a long log that a screen holds: it moves along the log, and never grows beyond its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.api import LogEntry

PAGE = 100
LARGEST = 300


@dataclass(frozen=True, kw_only=True)
class LogWindow:
    """Entries, the newest first; `newest` and `oldest`: whether nothing that matches is beyond that end."""

    entries: tuple[LogEntry, ...] = ()
    newest: bool = True
    oldest: bool = True

    def with_older(self, page: Sequence[LogEntry]) -> tuple[LogWindow, int]:
        """The window moved on by a page, oldest first; and how many entries left it at its newer end."""
        entries = self.entries + tuple(reversed(page))
        gone = max(0, len(entries) - LARGEST)
        moved = LogWindow(entries=entries[gone:], newest=self.newest and not gone, oldest=len(page) < PAGE)
        return moved, gone

    def with_newer(self, page: Sequence[LogEntry]) -> LogWindow:
        """The window moved back by a page, oldest first."""
        entries = tuple(reversed(page)) + self.entries
        return LogWindow(
            entries=entries[:LARGEST],
            newest=len(page) < PAGE,
            oldest=self.oldest and len(entries) <= LARGEST,
        )

    def at_newest(self, page: Sequence[LogEntry]) -> LogWindow:
        """A window on the newest entries."""
        return LogWindow(entries=tuple(reversed(page)), newest=True, oldest=len(page) < PAGE)

    def at_oldest(self, page: Sequence[LogEntry]) -> LogWindow:
        """A window on the oldest entries."""
        return LogWindow(entries=tuple(reversed(page)), newest=len(page) < PAGE, oldest=True)
