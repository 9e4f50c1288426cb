"""An app on a wire: its screen reaches the terminal, keys reach it, and it leaves nothing behind."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Button, Input, Label

from console.terminal.profiles import FULL, SERIAL, TerminalProfile
from console.textual_patches import apply_patches
from console.wire import Wire
from console.wire_app import WireApp
from console.wire_driver import WireDriver
from tests.console.keeping_wire import KeepingWire
from tests.console.terminal.emulator import EmulatedScreen, EmulatedStream


class Form(App[str]):
    CSS = "Input { border: none; height: 1; } #second { margin-left: 10; }"

    def compose(self) -> ComposeResult:
        yield Label("Derated current ─")
        yield Input("16", id="first", select_on_focus=False)
        yield Input("", id="second")
        yield Button("Crash")

    def on_button_pressed(self) -> None:
        raise ZeroDivisionError("pressed")


class FormOnAWire(WireApp[str], Form):
    pass


async def until(condition: Callable[[], bool]) -> None:
    """Let the app work until something holds; a test that waits in vain fails by its time limit."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the app has no event for what it shows
            await asyncio.sleep(0.005)


class Session:
    """One app, its wire and the terminal at the other end."""

    def __init__(self, app: FormOnAWire, wire: KeepingWire, profile: TerminalProfile) -> None:
        self.app, self.wire, self.profile = app, wire, profile

    @property
    def driver(self) -> WireDriver:
        driver = self.app.wire_driver
        assert driver is not None
        return driver

    def screen(self) -> EmulatedScreen:
        screen = EmulatedScreen(40, 10)
        EmulatedStream(screen).feed(bytes(self.wire.output))
        return screen

    async def shows(self, text: str) -> None:
        await until(lambda: any(text in line for line in self.screen().display))


@asynccontextmanager
async def session(
    profile: TerminalProfile = SERIAL, *, unseen_before: bool = False
) -> AsyncIterator[Session]:
    apply_patches()
    app, wire = FormOnAWire(), KeepingWire()
    running = asyncio.create_task(app.run_async(size=(40, 10)))
    try:
        await until(lambda: app.is_running and app.wire_driver is not None and app.wire_driver.has_started)
        if unseen_before:
            await until(lambda: app.focused is not None)
        app.show_on(wire, profile, 40, 10)
        yield Session(app, wire, profile)
    finally:
        app.exit()
        await running


@pytest.mark.parametrize("unseen_before", [False, True])
async def test_the_first_screen_reaches_the_terminal(unseen_before: bool) -> None:
    async with session(unseen_before=unseen_before) as on:
        await on.shows("Derated current -")


async def test_keys_are_typed_into_the_focused_field_and_nothing_else_is() -> None:
    async with session() as on:
        await on.shows("16")
        on.driver.feed(b"\x1b[8;24;80t\x1b[?1;2c\x1b[C\x1b[C5\x00\x11\x13")
        await on.shows("165")
        on.driver.feed(b"\x08\x7f")
        await until(lambda: on.app.query_one("#first", Input).value == "1")


async def test_the_cursor_stands_in_the_focused_field() -> None:
    async with session() as on:
        on.driver.feed(b"\t")
        await until(lambda: on.app.focused is on.app.query_one("#second"))
        field = on.app.query_one("#second", Input)
        await until(lambda: on.driver.cursor == (field.content_region.y, field.content_region.x))
        await until(lambda: on.screen().cursor.x == field.content_region.x)
        assert on.screen().cursor.y == field.content_region.y


async def test_control_c_ends_nothing() -> None:
    async with session() as on:
        await on.shows("16")
        on.driver.feed(b"\x03\x1a\x1c7")
        await until(lambda: "7" in on.app.query_one("#first", Input).value)
        assert on.app.is_running


async def test_a_lone_escape_arrives_by_itself() -> None:
    async with session() as on:
        keys: list[str] = []
        on.app.bind("escape", "note", show=False)
        on.app.action_note = lambda: keys.append("escape")  # type: ignore[attr-defined]
        on.driver.feed(b"\x1b")
        await until(lambda: keys == ["escape"])


async def test_nothing_is_written_while_the_wire_is_busy_and_the_latest_when_it_is_free() -> None:
    async with session() as on:
        await on.shows("16")
        on.wire.is_free = False
        before = on.wire.bytes_written
        on.driver.feed(b"\x1b[C\x1b[C4")
        await until(lambda: "4" in on.app.query_one("#first", Input).value)
        on.driver.feed(b"2")
        await until(lambda: "42" in on.app.query_one("#first", Input).value)
        assert on.wire.bytes_written == before
        on.app.refresh()
        on.wire.let_go()
        await on.shows("1642")


async def test_a_repaint_draws_everything_again() -> None:
    async with session() as on:
        await on.shows("16")
        on.wire.output.clear()
        on.driver.repaint()
        await on.shows("Derated current -")


async def test_on_a_wire_that_is_lent_nothing_is_drawn_and_nothing_typed() -> None:
    async with session() as on:
        await on.shows("16")
        arrived: list[bytes] = []
        on.driver.lend(arrived.append)
        on.wire.output.clear()
        on.driver.feed(b"77")
        on.app.query_one("#second", Input).value = "changed meanwhile"
        on.app.bell()
        on.driver.repaint()
        await until(on.app.is_settled)
        await asyncio.sleep(0.05)
        assert (arrived, bytes(on.wire.output)) == ([b"77"], b"")
        on.driver.take_back(lambda received: received.replace(b"x", b""))
        await on.shows("changed meanwhile")
        assert on.app.query_one("#first", Input).value == "16"
        on.driver.feed(b"\x1b[C\x1b[Cxx5")
        await on.shows("165")


async def test_what_is_lent_is_not_lent_again() -> None:
    async with session() as on:
        arrived: list[bytes] = []
        on.driver.lend(arrived.append)
        with pytest.raises(RuntimeError):
            on.driver.lend(arrived.append)


async def test_another_size_is_drawn_in_that_size() -> None:
    async with session() as on:
        await on.shows("16")
        on.driver.resize(60, 20)
        await until(lambda: on.app.size == (60, 20))
        screen = on.driver.terminal_screen
        assert screen is not None
        assert (screen.grid.width, screen.grid.height) == (60, 20)


async def test_a_serial_terminal_gets_no_query_no_mode_and_no_title() -> None:
    async with session() as on:
        await on.shows("16")
        on.app.copy_to_clipboard("secret")
        on.app.bell()
        on.app.bell()
    output = bytes(on.wire.output)
    assert b"\x1b]" not in output
    assert b"\x1b[?" not in output.replace(b"\x1b[?7l", b"").replace(b"\x1b[?7h", b"")
    assert output.count(b"\x07") == 1
    assert output.endswith(b"\x1b[m\x1b[r\x1b[?7h\x1b[H\x1b[2J")


async def test_a_full_terminal_gets_its_own_screen_back() -> None:
    async with session(FULL) as on:
        await on.shows("16")
    assert on.wire.output.startswith(b"\x1b[?1049h\x1b[?7l")
    assert on.wire.output.endswith(b"\x1b[m\x1b[r\x1b[?7h\x1b[?25h\x1b[?1049l")


async def test_a_crash_ends_its_session_and_says_so_without_a_traceback(
    capfd: pytest.CaptureFixture[str],
) -> None:
    crashes: list[BaseException] = []
    async with session() as on, session() as other:
        on.app.on_crash = crashes.append
        on.app.call_later(on.app.query_one(Button).press)
        await until(lambda: not on.app.is_running)
        other.driver.feed(b"\x1b[C\x1b[C8")
        await other.shows("168")
    assert [type(crash) for crash in crashes] == [ZeroDivisionError]
    assert capfd.readouterr() == ("", "")


async def test_apps_leave_the_standard_streams_alone() -> None:
    streams = (sys.stdout, sys.stderr)
    async with session(), session():
        assert (sys.stdout, sys.stderr) == streams
    assert (sys.stdout, sys.stderr) == streams


def test_the_wire_of_these_tests_is_a_wire() -> None:
    wire: Wire = KeepingWire()
    assert wire.bytes_written == 0
