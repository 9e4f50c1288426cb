"""A reader that sends each identifier as a line of text, on a serial line or from a network address."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable

from core.clock import Clock
from core.errors import Invalid
from core.lines.opening import open_port
from core.lines.port import DeviceLost, Port
from core.lines.waiting import within
from core.readers.lines import Lines
from core.readers.link import Link
from core.readers.reader import Signal
from core.readers.recovery import Sighting
from core.readers.uid import uid_from_text

log = logging.getLogger(__name__)

BEEP_SECONDS = 1.0
BEEPS: dict[Signal, int] = {"accepted": 1, "learned": 1, "refused": 2, "known": 2}
"""How often the bytes of the option `beep` are sent."""


class AsciiLine:
    """A reader of lines. Without power it cannot be told from one to which nobody holds a badge."""

    def __init__(self, link: Link, pace: Clock) -> None:
        self._link = link
        self._pace = pace
        self._port: Port | None = None

    async def serve(self, found: Callable[[str], None], seen: Callable[[Sighting], None]) -> None:
        """Report every line that is an identifier; others are left out. Raises DeviceLost."""
        port = self._port = await open_port(self._link, self._pace.sleep)
        try:
            found("")
            lines = Lines(self._link.terminator)
            is_readable = True
            while True:
                for line in lines.feed(await port.read(), self._pace.elapsed()):
                    try:
                        seen(Sighting(uid=uid_from_text(line, self._link.spelling)))
                        is_readable = True
                    except Invalid as problem:
                        # One note, not one for every line of a reader that is set otherwise.
                        log.log(logging.WARNING if is_readable else logging.DEBUG, "%s", problem)
                        is_readable = False
        finally:
            self._port = None
            port.close()

    async def beep(self, signal: Signal) -> None:
        """Send the bytes of the option `beep`: once for good news, twice for bad."""
        if self._port is not None and self._link.beep:
            sent = self._link.beep * BEEPS[signal]
            with contextlib.suppress(DeviceLost, TimeoutError):
                await within(BEEP_SECONDS, self._port.write(sent), self._pace.sleep)
