"""The part of a session's app that draws on a wire instead of the process's own terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rich.color import Color
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

from console.terminal.profiles import TerminalProfile
from console.wire import Wire
from console.wire_driver import WireDriver

Result = TypeVar("Result")


class WireApp(App[Result]):
    """Mixed in before the app with the screens: ``class SessionApp(WireApp[str], Console)``."""

    on_crash: Callable[[BaseException], None] | None = None
    """Told once when the app ends by an exception; the session's supervisor logs it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["driver_class"] = WireDriver
        super().__init__(*args, **kwargs)

    @property
    def wire_driver(self) -> WireDriver | None:
        """The driver, once the app runs."""
        return self._driver if isinstance(self._driver, WireDriver) else None

    def terminal_cursor(self) -> tuple[int, int] | None:
        """Row and column of the cursor: in the focused field, or nowhere when nothing has the focus."""
        focused = self.focused
        if focused is None:
            return None
        position = self.cursor_position
        if isinstance(focused, Input) and focused.cursor_at_end and position == focused.cursor_screen_offset:
            # Textual says one column beyond where the next character will stand.
            position -= (1, 0)
        column, row = self.screen.outer_size.clamp_offset(position)
        return row, column

    def is_settled(self) -> bool:
        """True when nothing that was asked for is still to be drawn."""
        screen = self.screen
        waiting = (self, screen, self.focused or screen)
        if any(pump.message_queue_size for pump in waiting):
            return False
        return not (screen._layout_required or screen._repaint_required or screen._dirty_widgets)  # noqa: SLF001

    def _display(self, screen: Screen[Any], renderable: object) -> None:  # noqa: ARG002 - Textual's signature
        """Hand a frame to the driver as cells; Textual would turn it into escape sequences."""
        try:
            driver = self.wire_driver
            if driver is None or self._batch_count or not self._running or self._closed:
                return
            if isinstance(renderable, CompositorUpdate):
                driver.frame(renderable, self._ground())
        finally:
            self.post_display_hook()

    def show_on(self, wire: Wire, profile: TerminalProfile, width: int, height: int) -> None:
        """Show the app on this terminal; it may have been running unseen before."""
        driver = self.wire_driver
        if driver is None:
            raise RuntimeError("an app is shown once it runs")
        driver.attach(wire, profile, width, height)
        self.screen.refresh()

    def _ground(self) -> Color:
        return Color.parse(self.theme_variables["background"])

    def _handle_exception(self, error: Exception) -> None:
        if self.on_crash is not None:
            self.on_crash(error)
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Print nothing: a traceback with its locals has no place on the daemon's standard error."""
        self._exit_renderables.clear()
