"""What a transport offers to a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Wire(Protocol):
    """The way to one terminal: an SSH channel, a serial line, the local terminal."""

    @property
    def bytes_written(self) -> int:
        """Bytes handed to this wire so far."""

    def write(self, data: bytes) -> None:
        """Send bytes in order; never waits."""

    def free(self) -> bool:
        """True when what was written before is gone, so that a frame written now is fresh when it arrives."""

    def on_free(self, callback: Callable[[], None]) -> None:
        """Call this, on the event loop, each time the wire gets free; the last callback counts."""

    def close(self) -> None:
        """End the connection."""
