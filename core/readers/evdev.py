"""A reader that acts as a keyboard: it types each identifier and presses Enter."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable

from core.clock import Clock
from core.errors import Invalid
from core.lines.opening import open_input
from core.lines.port import DeviceLost
from core.readers.evdev_keys import KeyLines
from core.readers.link import Link
from core.readers.reader import Signal
from core.readers.recovery import Sighting
from core.readers.uid import uid_from_text

log = logging.getLogger(__name__)

EVIOCGRAB = 0x40044590
"""Take the device for this process alone (linux/input.h), so that badges are not typed into a console."""


def grab(descriptor: int) -> None:
    """Take an input device; it is given back when it is closed. Raises OSError."""
    fcntl.ioctl(descriptor, EVIOCGRAB, 1)


class Evdev:
    """A keyboard wedge. `take` makes the device this process's own; it has nothing to be heard."""

    def __init__(self, link: Link, pace: Clock, take: Callable[[int], None] = grab) -> None:
        self._link = link
        self._pace = pace
        self._take = take

    async def serve(self, found: Callable[[str], None], seen: Callable[[Sighting], None]) -> None:
        """Report every identifier that is typed. Raises DeviceLost."""
        port = open_input(self._link.device)
        try:
            try:
                self._take(port.descriptor)
            except OSError as error:
                raise DeviceLost(
                    f"{self._link.device} cannot be taken as an input device: {error.strerror}"
                ) from None
            found("")
            lines = KeyLines()
            while True:
                for line in lines.feed(await port.read(), self._pace.elapsed()):
                    try:
                        seen(Sighting(uid=uid_from_text(line, self._link.spelling)))
                    except Invalid:
                        # Not what it was: a keyboard for people may have been named by mistake.
                        log.warning("%s: a line was typed that is no badge", self._link.device)
        finally:
            port.close()

    async def beep(self, signal: Signal) -> None:
        """Nothing: a keyboard has no way to be told."""
