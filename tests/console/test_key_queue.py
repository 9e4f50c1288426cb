"""Keys typed ahead, or sent in one piece, do what they would do one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import work
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from console.key_queue import MOST_WAITING, KeyQueue
from console.terminal.keys import KeyPress
from console.terminal.profiles import SERIAL
from console.textual_patches import apply_patches
from console.wire_app import WireApp
from tests.console.keeping_wire import KeepingWire


class Finder(ModalScreen[None]):
    BINDINGS = [("f8", "dismiss")]  # noqa: RUF012 - Textual's own form

    def compose(self) -> ComposeResult:
        yield Input(id="find")


class Form(App[None]):
    BINDINGS = [("f3", "find"), ("f4", "next_page"), ("f6", "other_page"), ("f7", "ask")]  # noqa: RUF012 - Textual's own form

    def compose(self) -> ComposeResult:
        with Vertical(id="page"), Vertical():
            yield Input("32", id="current", select_on_focus=False)
        yield Input(id="password", select_on_focus=False)

    @work
    async def action_find(self) -> None:
        await self.push_screen_wait(Finder())

    @work(group="asking", exclusive=True)
    async def action_ask(self) -> None:
        """Ask the station, and bring two dialogs, one after the answer to the other."""
        for _ in range(2):
            await asyncio.sleep(0.1)
            await self.push_screen_wait(Finder())

    def action_next_page(self) -> None:
        self.run_worker(self.open_page(), group="page")

    def action_other_page(self) -> None:
        self.run_worker(self.replace_page(), group="page")

    async def replace_page(self) -> None:
        self.set_focus(None)
        await self.query_one("#page").remove()
        await self.mount(Input(id="next"))
        self.query_one("#next").focus()

    def on_input_submitted(self) -> None:
        self.screen.focus_next()

    async def open_page(self) -> None:
        await self.query_one("#current").remove()
        await self.mount(Input(id="next"))
        self.query_one("#next").focus()


class FormOnAWire(WireApp[None], Form):
    pass


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - the app has no event for what it shows
            await asyncio.sleep(0.005)


@asynccontextmanager
async def form() -> AsyncIterator[FormOnAWire]:
    apply_patches()
    app = FormOnAWire()
    running = asyncio.create_task(app.run_async(size=(40, 10)))
    await until(lambda: app.is_running and app.focused is not None)
    app.show_on(KeepingWire(), SERIAL, 40, 10)
    yield app
    app.exit()
    await running


def feed(app: FormOnAWire, keys: str) -> None:
    assert app.wire_driver is not None
    app.wire_driver.feed(keys.encode())


def value(app: App[None], field: str) -> str:
    found = app.screen.query(f"#{field}")
    return found.first(Input).value if found else ""


async def test_a_value_is_replaced_by_backspaces_and_digits_in_one_piece() -> None:
    async with form() as app:
        feed(app, "\x7f\x7f20")
        await until(lambda: value(app, "current") == "20")


async def test_a_word_typed_ahead_reaches_the_dialog_that_its_key_opens() -> None:
    async with form() as app:
        feed(app, "\x1bORventilation")
        await until(lambda: value(app, "find") == "ventilation")


async def test_a_word_typed_ahead_reaches_a_dialog_that_comes_after_the_station_was_asked() -> None:
    async with form() as app:
        feed(app, "\x1b[18~first")
        await until(lambda: value(app, "find") == "first")
        feed(app, "\x1b[19~second")
        await until(lambda: value(app, "find") == "second")
        assert app.screen_stack[0].query_one("#current", Input).value == "32"


async def test_keys_for_an_app_that_is_over_are_nobody_s() -> None:
    async with form() as app:
        keys = KeyQueue(app, asyncio.get_running_loop())
        keys.put([KeyPress("1", "1")])
    keys._settle(keys._turn, app)
    keys.put([KeyPress("2", "2")])
    assert not app.screen_stack


async def test_a_word_typed_ahead_reaches_the_page_that_its_key_opens() -> None:
    async with form() as app:
        feed(app, "\x1bOS10.0.0.7")
        await until(lambda: value(app, "next") == "10.0.0.7")


async def test_a_page_that_closes_under_its_key_does_not_hold_up_the_next_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("console.key_queue._PATIENCE_S", 3600.0)
    async with form() as app:
        feed(app, "\x1b[17~")
        await until(lambda: app.focused is not None and app.focused.id == "next")
        feed(app, "10.0.0.7")
        await until(lambda: value(app, "next") == "10.0.0.7")


async def test_what_follows_enter_is_typed_into_the_field_that_enter_goes_to() -> None:
    async with form() as app:
        feed(app, "1\rADMIN")
        await until(lambda: value(app, "password") == "ADMIN")
        assert value(app, "current") == "321"


async def test_keys_beyond_a_full_keyboard_are_lost_and_the_app_lives() -> None:
    async with form() as app:
        feed(app, "\x7f\x7f" + "7" * (2 * MOST_WAITING))
        await until(lambda: len(value(app, "current")) == MOST_WAITING - 2)
        feed(app, "\x7f8")
        await until(lambda: value(app, "current").endswith("78"))


@settings(max_examples=12)
@given(st.text(st.sampled_from("0123456789\x7f"), max_size=12))
def test_any_typing_in_one_piece_gives_what_it_gives_one_at_a_time(typed: str) -> None:
    expected = "32"
    for key in typed:
        expected = expected[:-1] if key == "\x7f" else expected + key

    async def dialogue() -> None:
        async with form() as app:
            feed(app, typed + "\x1bOR!")
            await until(lambda: value(app, "find") == "!")
            assert app.screen_stack[0].query_one("#current", Input).value == expected

    asyncio.run(dialogue())
