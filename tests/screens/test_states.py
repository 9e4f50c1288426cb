"""Pictures of the states and dialogs that a walk through the pages does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.events import StationRestarting
from screens.form import FormPage
from screens.listening import Announced
from screens.terminal_facts import TerminalFacts
from tests.screens.pictures import Picture, picture_of
from tests.screens.scenes import charging_station
from tests.screens.sitting import Sitting, sitting
from tests.stations import log_in, running_station


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def show_help_line(seat: Sitting) -> None:
    """Draw the help below the form without waiting for the pause at rest."""
    page = seat.app.frame.page
    assert isinstance(page, FormPage)
    page.show_help()
    await seat.settle()


async def test_log_in_and_first_password(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, None) as seat:
        assert picture_of(seat.app) == picture(name="log-in")
        await seat.type("admin")
        await seat.press("tab")
        await seat.type("wrong")
        await seat.press("enter")
        assert picture_of(seat.app) == picture(name="refused")
        await seat.type("ADMIN")
        await seat.press("enter")
        await seat.type("Half-way")
        assert picture_of(seat.app) == picture(name="first-password")


async def test_unsaved_refused_reviewed_in_conflict_and_discarded(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("space", "tab", "right")
        await show_help_line(seat)
        assert picture_of(seat.app) == picture(name="unsaved")
        seat.app.open_page("energy", "sockets", key="socket.2.derated_current")
        await seat.settle()
        await seat.type("0")
        await show_help_line(seat)
        assert picture_of(seat.app) == picture(name="refused")
        await seat.press("backspace", "backspace")
        await seat.app.run_action("review")
        await seat.settle()
        assert picture_of(seat.app) == picture(name="review")
        await seat.press("escape")
        other = await log_in(core, "admin")
        await other.change_settings({"socket.2.derated_current": 10})
        await seat.settle()
        await seat.press("ctrl+o")
        assert picture_of(seat.app) == picture(name="conflict")
        await seat.press("escape", "f9")
        assert picture_of(seat.app) == picture(name="discard")


async def test_dialogs(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        async with sitting(core) as seat:
            await seat.press("question_mark")
            assert picture_of(seat.app) == picture(name="help")
            await seat.press("escape", "slash")
            await seat.type("current")
            assert picture_of(seat.app) == picture(name="find")
            await seat.press("escape", "escape", "escape")
            assert picture_of(seat.app) == picture(name="log-out")
            await seat.press("n", "4", "enter")
            assert picture_of(seat.app) == picture(name="record")
            await seat.press("escape")
            seat.app.open_page("maintenance", "control")
            await seat.settle()
            await seat.press("enter")
            assert picture_of(seat.app) == picture(name="restart")
            await seat.press("n")
            await seat.app.run_action("about")
            await seat.settle()
            assert picture_of(seat.app) == picture(name="about")
            await seat.press("escape")
            seat.app.post_message(Announced(StationRestarting(by="user")))
            await seat.settle()
            assert picture_of(seat.app) == picture(name="away")


async def test_control_while_a_car_charges(tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        async with sitting(core) as seat:
            seat.app.open_page("maintenance", "control")
            await seat.settle()
            await seat.press("tab", "enter")
            assert picture_of(seat.app) == picture(name="choice")
            await seat.press("right", "enter")
            assert picture_of(seat.app) == picture(name="typed")
            await seat.type("RESTORE")
            await seat.press("enter")
            assert picture_of(seat.app) == picture(name="waiting")


@pytest.mark.parametrize("theme", ["evtty-dark", "evtty-light", "evtty-contrast"])
async def test_colour_on_a_large_terminal(theme: str, tmp_path: Path, picture: SnapshotAssertion) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        terminal = TerminalFacts(profile="full", themes=(theme,), rest=3600.0)
        async with sitting(core, terminal=terminal, size=(120, 40)) as seat:
            await seat.press("space", "tab")
            await show_help_line(seat)
            assert picture_of(seat.app) == picture(name="form")
            await seat.press("5")
            assert picture_of(seat.app) == picture(name="status")
            await seat.press("question_mark")
            assert picture_of(seat.app) == picture(name="help")
