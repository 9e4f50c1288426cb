"""Textual's driver for a session on a wire: keys in, frames out, nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from rich.color import Color
from textual import events
from textual._compositor import CompositorUpdate
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from console.key_queue import KeyQueue
from console.terminal import screen_output
from console.terminal.keys import ESCAPE_PAUSE, KeyPress, KeyReader
from console.terminal.profiles import TerminalProfile
from console.terminal.screen import TerminalScreen
from console.wire import Wire

if TYPE_CHECKING:
    from textual.app import App

_BELL: Final = "\x07"
_BELL_PAUSE: Final = 1.0
"""Seconds from one bell to the next."""

_SETTLING: Final = 0.004
"""Seconds in which the parts of a small change gather, so that they go out as one frame."""
_LARGE: Final = 4
"""Rows above which a change is that of a whole page."""
_SETTLING_LARGE: Final = 0.010
"""Seconds without a further part after which a page is drawn: Textual brings parts at 120 Hz."""
_SETTLING_LIMIT: Final = 0.15
"""Seconds after which it is drawn whatever comes."""


Cursor = Callable[[], tuple[int, int] | None]
"""Tells row and column of the cursor, or None where nothing has the focus."""
Sieve = Callable[[bytes], bytes]
"""Takes what arrives and gives what of it was typed."""


def _all_of_it(received: bytes) -> bytes:
    return received


def _nowhere() -> None:
    return None


def _always() -> bool:
    return True


class WireDriver(Driver):
    """Starts no thread, takes no signal, touches no standard stream.

    Until a terminal is attached the app runs unseen, so that it can be ready before anybody connects.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = False,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._keys = KeyReader()
        self._typed = KeyQueue(app, self._loop)
        self._wire: Wire | None = None
        self._screen: TerminalScreen | None = None
        self._is_settled: Callable[[], bool] = getattr(app, "is_settled", _always)
        self._cursor: Cursor = getattr(app, "terminal_cursor", _nowhere)
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._draw_by = 0.0
        self._next_bell = float("-inf")
        self._started = False
        self._borrower: Callable[[bytes], None] | None = None
        self._typed_of: Sieve = _all_of_it

    @property
    def can_suspend(self) -> bool:
        """A daemon is never stopped by a key."""
        return False

    def attach(self, wire: Wire, profile: TerminalProfile, width: int, height: int) -> None:
        """Draw on this terminal from now on."""
        self._wire = wire
        self._screen = TerminalScreen(profile, width, height)
        wire.on_free(self._draw_freed)
        if self._started:
            wire.write(screen_output.begin(profile))
        self._announce_size(width, height)

    def detach(self) -> None:
        """Leave the terminal clean; the app runs on unseen."""
        wire, screen = self._wire, self._screen
        self._wire = self._screen = None
        if wire is not None and screen is not None and self._started:
            wire.write(screen_output.end(screen.profile))

    @property
    def is_lent(self) -> bool:
        """True while somebody else has the wire: nothing is drawn, and what arrives is not for the app."""
        return self._borrower is not None

    def lend(self, borrower: Callable[[bytes], None]) -> tuple[Wire, TerminalProfile]:
        """Leave the terminal clean and give its wire away; what arrives goes to `borrower`."""
        wire, screen = self._wire, self._screen
        if wire is None or screen is None or self._borrower is not None:
            raise RuntimeError("only a wire that is drawn on can be lent")
        self._borrower = borrower
        wire.write(screen_output.end(screen.profile))
        return wire, screen.profile

    def take_back(self, typed_of: Sieve = _all_of_it) -> None:
        """Draw everything again and read keys again: of what arrives, those that `typed_of` gives."""
        self._borrower, self._typed_of = None, typed_of
        wire, screen = self._wire, self._screen
        if wire is not None and screen is not None and self._started:
            wire.on_free(self._draw_freed)
            wire.write(screen_output.begin(screen.profile))
            self.repaint()

    @property
    def terminal_screen(self) -> TerminalScreen | None:
        """The screen drawn on, for those who measure."""
        return self._screen

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Row and column of the cursor, or None where nothing has the focus."""
        return self._cursor() if self._started else None

    @property
    def has_started(self) -> bool:
        """True while the app runs."""
        return self._started

    # Output

    def frame(self, update: CompositorUpdate, ground: Color | None) -> None:
        """Take a frame and the background of the whole screen."""
        if self._screen is not None:
            self._screen.paint(update, ground)
            self._draw_soon()

    def repaint(self) -> None:
        """Draw everything again, whatever the terminal shows."""
        if self._screen is not None:
            self._screen.repaint()
            self._draw_soon()

    def write(self, data: str) -> None:
        """Drop what Textual writes beside frames (modes, queries, titles), but for a rare bell."""
        now = time.monotonic()
        if data != _BELL or self._wire is None or self.is_lent or now < self._next_bell:
            return
        if self._wire.free():
            self._next_bell = now + _BELL_PAUSE
            self._wire.write(_BELL.encode())

    def _draw_soon(self) -> None:
        if self._screen is None:
            return
        now = self._loop.time()
        timer = self._timers.pop("draw", None)
        if timer is None:
            self._draw_by = now + _SETTLING_LIMIT
        else:
            timer.cancel()
        settling = _SETTLING_LARGE if self._screen.changed_rows() > _LARGE else _SETTLING
        self._timers["draw"] = self._loop.call_at(min(now + settling, self._draw_by), self._settle)

    def _settle(self) -> None:
        """Draw, unless this is a page of which more parts are under way."""
        self._timers.pop("draw", None)
        screen, now = self._screen, self._loop.time()
        waits = screen is not None and screen.changed_rows() > _LARGE and not self._is_settled()
        if waits and now < self._draw_by:
            self._timers["draw"] = self._loop.call_at(now + _SETTLING, self._settle)
        else:
            self._draw()

    def _draw(self) -> None:
        wire, screen = self._wire, self._screen
        if wire is None or screen is None or not self._started or self.is_lent or not wire.free():
            return
        output = screen.output(self.cursor)
        if output:
            wire.write(output)

    def _draw_freed(self) -> None:
        """The wire is free: what gathered meanwhile goes out, unless it is gathering still."""
        if "draw" not in self._timers:
            self._draw()

    # Input

    def feed(self, received: bytes) -> None:
        """Take bytes from the terminal."""
        if self._borrower is not None:
            self._borrower(received)
            return
        self.press_typed(self._typed_of(received))

    def press_typed(self, typed: bytes) -> None:
        """Take bytes that were certainly typed."""
        self._press(self._keys.feed(typed))
        timer = self._timers.pop("escape", None)
        if timer is not None:
            timer.cancel()
        if self._keys.waits:
            self._timers["escape"] = self._loop.call_later(ESCAPE_PAUSE, self._pause)

    def _pause(self) -> None:
        self._timers.pop("escape", None)
        self._press(self._keys.pause())

    def _press(self, keys: list[KeyPress]) -> None:
        if keys:
            self._typed.put(keys)

    def send_message(self, message: Message) -> None:
        """Post directly: this runs in the app's own thread."""
        self._app.post_message(message)

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size now."""
        if self._screen is not None:
            self._screen.resize(width, height)
        self._announce_size(width, height)

    def _announce_size(self, width: int, height: int) -> None:
        self._size = (width, height)
        if self._started:
            size = Size(width, height)
            self._app.post_message(events.Resize(size, size))

    # Life

    def start_application_mode(self) -> None:
        self._started = True
        if self._wire is not None and self._screen is not None:
            self._wire.write(screen_output.begin(self._screen.profile))
        self._announce_size(*(self._size or (80, 24)))

    def disable_input(self) -> None:
        """Nothing is read here; the transport feeds."""

    def stop_application_mode(self) -> None:
        self.detach()
        self._started = False

    def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
