"""A serial reader that sends lines and beeps when it is sent something."""

from __future__ import annotations

from tests.core.readers.models.line_end import LineEnd


class AsciiLineModel:
    """`end` is what it sends behind each identifier; `beeped` is what it was sent."""

    def __init__(self, line: LineEnd, *, end: bytes = b"\r\n") -> None:
        self.line = line
        line.on_received = self._received
        self.end = end
        self.beeped = b""

    def hold_badge(self, uid: str) -> None:
        self.line.send(uid.encode("ascii") + self.end)

    def _received(self, received: bytes) -> None:
        self.beeped += received
