"""How long a serial line still takes to send what was handed to the kernel.

The kernel's own figure (TIOCOUTQ) is always zero on a pseudo terminal and on many USB adapters.
"""

from __future__ import annotations

from typing import Final

BITS_PER_BYTE: Final = 10
"""Start bit, eight data bits, stop bit."""


class LineClock:
    """The line as a clock that runs ahead by the time that the bytes handed over take."""

    def __init__(self, baud: int) -> None:
        if baud <= 0:
            raise ValueError(f"a line has a speed above 0 baud, not {baud}")
        self._seconds_per_byte = BITS_PER_BYTE / baud
        self._free_at = float("-inf")

    def handed_over(self, count: int, now: float) -> None:
        """Count bytes that the kernel took at ``now`` (seconds of a monotonic clock)."""
        self._free_at = max(self._free_at, now) + count * self._seconds_per_byte

    def backlog(self, now: float) -> float:
        """Seconds until everything handed over is on the wire."""
        return max(0.0, self._free_at - now)

    def room(self, now: float, lag: float) -> int:
        """Bytes that may be handed over so that no more than ``lag`` seconds are waiting."""
        return max(0, int((lag - self.backlog(now)) / self._seconds_per_byte + 1e-6))
