"""Audit and events on the screen: the log found, filtered, followed, verified, however long it is."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from core.audit import Note, append
from core.station import StationCore
from screens.log_screen import LogScreen
from screens.log_window import LARGEST
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.stations import NOON, log_in, running_station

WHERE = "general.station_location"


async def many(core: StationCore, count: int) -> None:
    """Store so many entries, one a second before noon."""

    def store(link: sqlite3.Connection) -> None:
        for number in range(count):
            at = NOON - timedelta(seconds=count - number)
            append(link, Note(kind="event", action="tested", text=f"entry {number}"), at)

    await core.parts.storage.write(store)


def screen_of(seat: Sitting) -> LogScreen:
    assert isinstance(seat.app.screen, LogScreen)
    return seat.app.screen


async def test_the_log_opens_from_everywhere_and_shows_an_entry_with_both_values(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.change_settings({WHERE: "outdoor"})
        async with sitting(core) as seat:
            await seat.press("f6")
            assert "Audit and events" in seat.lines[0]
            assert "indoor -> out" in seat.line_with(WHERE)
            assert picture_of(seat.app) == snapshot(name="log", extension_class=Picture)
            await seat.press("s")
            await seat.type("OUTDOOR")
            await seat.press("enter", "enter")
            for words in (
                "Old value      indoor",
                "New value      outdoor",
                f"About          {WHERE}",
                "ssh ::1",
            ):
                assert words in seat.text
            assert picture_of(seat.app) == snapshot(name="entry", extension_class=Picture)
            await seat.press("enter", "escape")
            assert "Station type" in seat.text
            await seat.press("/")
            await seat.type("audit")
            await seat.press("enter")
            assert "Audit and events" in seat.lines[0]


async def test_kind_account_and_days_choose_and_new_entries_come_into_view(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("f6")
        assert "following" in seat.text
        await core.parts.audit.note(Note(kind="event", action="tested", text="fresh 1"))
        await seat.settle()
        assert "fresh 1" in seat.lines[3]
        await seat.press("k")
        assert "what people did" in seat.text
        assert "fresh 1" not in seat.text
        await seat.press("k")
        assert "fresh 1" in seat.lines[3]
        await seat.press("down")
        await core.parts.audit.note(Note(kind="event", action="tested", text="fresh 2"))
        await seat.settle()
        assert "fresh 2" not in seat.text
        assert "Home follows" in seat.text
        await seat.press("home")
        assert "fresh 2" in seat.lines[3]
        await seat.press("k", "a")
        assert "all entries, admin" in seat.text
        assert "fresh" not in seat.text
        await seat.press("a", "a", "a", "a", "a", "d")
        await seat.type("2026-03-03")
        await seat.press("enter")
        assert "No entry." in seat.text
        await seat.press("d", "ctrl+u")
        await seat.type("2026-02-30")
        await seat.press("enter")
        assert "A day is written as 2026-11-22" in seat.text


async def test_a_long_log_is_paged_from_end_to_end_in_a_window_of_fixed_size(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await many(core, 700)
        last = (await core.parts.audit.verify()).last
        await seat.press("f6")
        screen, seen = screen_of(seat), []
        for key in ("pagedown", "pageup"):
            shown = set()
            for _ in range(9):
                shown |= {entry.number for entry in screen.window.entries}
                assert len(screen.window.entries) <= LARGEST
                await seat.press_together(*[key] * 6)
            seen.append(shown)
            end = screen.window.entries[-1 if key == "pagedown" else 0].number
            assert end == (1 if key == "pagedown" else last)
        assert seen == [set(range(1, last + 1))] * 2
        await seat.press("end")
        assert screen.window.entries[-1].number == 1
        await seat.press("home")
        assert screen.window.entries[0].number == last


async def test_the_chain_is_verified_on_the_screen(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        await core.parts.storage.flush()
        await seat.press("f6", "question_mark")
        assert "v checks that none" in seat.text
        await seat.press("enter", "v")
        assert "entries are as they were written" in seat.text
        await seat.press("enter")
        await core.parts.storage.write(
            lambda link: link.execute("UPDATE log SET text = 'x' WHERE number = 2").rowcount
        )
        await seat.press("v")
        assert "Entry 2 is missing or was altered." in seat.text


async def test_a_user_sees_no_value_that_is_not_theirs(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).change_settings({"socket.1.derated_current": 16})
        async with sitting(core, "user") as seat:
            await seat.press("f6")
            assert "socket.1.derated_current" in seat.text
            assert "32 -> 16" not in seat.text
