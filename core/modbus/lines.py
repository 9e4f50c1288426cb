"""All Modbus lines of the station: one a link, however many use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.clock import Clock, SystemClock
from core.lines.port import DeviceLost
from core.modbus.line import ModbusLine
from core.modbus.link import ModbusLink


class ModbusLines:
    """Lines by where they lead; `pace` tells real time, for what happens at the devices."""

    def __init__(self, pace: Clock | None = None) -> None:
        self._pace = pace or SystemClock()
        self._lines: dict[str, tuple[ModbusLine, int]] = {}

    @contextmanager
    def joined(self, link: ModbusLink, *, silence: float = 0.0) -> Iterator[ModbusLine]:
        """The line of this link, shared with all others on it, and closed after the last of them.

        `silence`: s between requests; the longest that anybody needs holds. Raises DeviceLost where
        others use the device at another speed or parity.
        """
        line, users = self._lines.get(link.place, (ModbusLine(link, self._pace), 0))
        if line.link != link:
            raise DeviceLost(f"{link.place} is used with {line.link.speech}, not with {link.speech}")
        line.silence = max(line.silence, silence)
        self._lines[link.place] = (line, users + 1)
        try:
            yield line
        finally:
            line, users = self._lines.pop(link.place)
            if users > 1:
                self._lines[link.place] = (line, users - 1)
            else:
                line.close()

    def user_of(self, place: str) -> ModbusLink | None:
        """How the line to a place is spoken now; None while nobody uses it."""
        line = self._lines.get(place)
        return None if line is None else line[0].link
