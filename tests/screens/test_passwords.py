"""Setting passwords on the sub-tab Passwords."""

from __future__ import annotations

from pathlib import Path

from core.api import Origin
from tests.screens.sitting import Sitting, sitting
from tests.stations import PASSWORDS, running_station

NEW = "Fresh-Paint-4"


async def fill_in(seat: Sitting, *entries: str) -> None:
    """Type each entry into one of the following fields, and press Enter in the last."""
    for entry in entries:
        await seat.press("tab")
        await seat.type(entry)
    await seat.press("enter")


async def test_an_administrator_sets_the_password_of_the_user(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("maintenance", "passwords")
        await seat.settle()
        await fill_in(seat, NEW, NEW)
        assert "The password of user is set." in seat.text
        await core.entrance().log_in("user", NEW, Origin(kind="local"))


async def test_ones_own_password_needs_the_present_one(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        seat.app.open_page("maintenance", "passwords")
        await seat.settle()
        assert "Present password" in seat.text
        await fill_in(seat, "not it", NEW, NEW)
        assert "is set" not in seat.text
        await seat.press("shift+tab", "shift+tab", "ctrl+u")
        await seat.type(PASSWORDS["user"])
        await seat.press("tab", "tab", "enter")
        assert "The password of user is set." in seat.text


async def test_a_user_cannot_choose_another_account(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        seat.app.open_page("maintenance", "passwords")
        await seat.settle()
        assert "( )" not in seat.line_with("Account")


async def test_entries_that_differ_are_refused_in_words(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("maintenance", "passwords")
        await seat.settle()
        await fill_in(seat, NEW, NEW + "x")
        assert "The two entries differ." in seat.text
