"""A wire for tests: keeps what was written, and is free when the test says so."""

from __future__ import annotations

from collections.abc import Callable


class KeepingWire:
    """Holds its output and can be held up."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.is_free = True
        self._on_free: Callable[[], None] = lambda: None

    @property
    def bytes_written(self) -> int:
        return len(self.output)

    def write(self, data: bytes) -> None:
        self.output += data

    def free(self) -> bool:
        return self.is_free

    def on_free(self, callback: Callable[[], None]) -> None:
        self._on_free = callback

    def let_go(self) -> None:
        self.is_free = True
        self._on_free()

    def close(self) -> None:
        self.is_free = False
