"""From the log-in screen to the station: refusals, factory passwords, log-out."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from core.api import Entrance, Origin, Station, Welcome
from core.errors import LogInRefused
from core.station import StationCore
from screens.first_password import FirstPassword
from screens.frame import Frame
from screens.login import Login
from tests.screens.sitting import Sitting, sitting
from tests.stations import PASSWORDS, log_in, running_station


async def enter(seat: Sitting, account: str, password: str) -> None:
    """Fill the log-in form and press Enter."""
    await seat.type(account)
    await seat.press("tab")
    await seat.type(password)
    await seat.press("enter")


class Refusing:
    """A station's door that has had enough wrong passwords."""

    def __init__(self, door: Entrance) -> None:
        self.door = door

    async def welcome(self) -> Welcome:
        return await self.door.welcome()

    async def log_in(self, account: str, password: str, origin: Origin) -> Station:
        raise LogInRefused(
            "Too many wrong tries. Try again in {wait} s.", wait=300, details={"wait_s": "300"}
        )


async def test_a_wrong_password_is_refused(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, None) as seat:
        await enter(seat, "admin", "wrong")
        assert isinstance(seat.app.screen, Login)
        assert "not right" in seat.text
        assert "wrong" not in seat.text


async def test_a_refused_log_in_counts_the_seconds_until_the_next_try(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        door = cast("Entrance", Refusing(core.entrance()))
        async with sitting(core, None, entrance=door) as seat:
            await enter(seat, "admin", "wrong")
            assert "Next try possible in" in seat.text
            assert isinstance(seat.app.screen, Login)
            before = seat.app.screen.wait
            seat.app.screen.count()
            assert seat.app.screen.wait < before


async def test_the_factory_password_leads_to_nothing_but_a_new_password(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, None) as seat:
        await enter(seat, "admin", "ADMIN")
        assert isinstance(seat.app.screen, FirstPassword)
        await seat.type("short")
        assert "[x] a lower-case letter" in seat.text
        assert "[ ] an upper-case letter" in seat.text
        await seat.press("tab")
        await seat.type("short")
        await seat.press("enter")
        assert "does not meet the rule yet" in seat.text
        await seat.press("ctrl+u")
        await seat.type("Quiet-Door-9")
        await seat.press("shift+tab", "ctrl+u")
        await seat.type("Quiet-Door-9")
        await seat.press("enter")
        assert isinstance(seat.app.screen, Frame)
        assert "[1 Config]" in seat.text


async def test_the_station_says_why_it_does_not_take_a_new_password(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, None) as seat:
        await enter(seat, "admin", "ADMIN")
        serial = core.entrance()
        number = (await serial.welcome()).serial_number + "a-"
        await seat.type(number)
        await seat.press("tab")
        await seat.type(number)
        await seat.press("enter")
        assert isinstance(seat.app.screen, Frame | FirstPassword)


async def test_a_set_password_opens_the_station(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await log_in(core, "user")
        async with sitting(core, None) as seat:
            await enter(seat, "user", PASSWORDS["user"])
            assert "user, serial ttyS1" in seat.text
            assert "2 Energy" not in seat.text


@pytest.mark.parametrize("answer", ["n", "escape", "enter"])
async def test_logging_out_is_confirmed_and_starts_on_no(answer: str, tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("escape", "escape")
        assert "Log out?" in seat.text
        await seat.press(answer)
        assert isinstance(seat.app.screen, Frame)
        assert seat.app.is_running


async def test_logging_out_ends_the_app_and_the_session(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        async with sitting(core) as seat:
            await seat.press("escape", "escape", "y")
            assert seat.app.return_value == "logged_out"
        assert await people(core) == ["admin"]


async def people(core: StationCore) -> list[str]:
    """Who is logged in, this asking admin included."""
    admin = await log_in(core, "admin")
    return [session.account for session in await admin.sessions()]


async def test_ctrl_c_never_ends_the_program(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await seat.press("ctrl+c", "ctrl+q", "ctrl+c", "ctrl+c")
        assert seat.app.is_running
        assert seat.app.return_value is None
