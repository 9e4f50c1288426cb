"""Sessions begin with a log-in, end when they must, and can be taken up again after a restart, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.api import Origin
from core.errors import NotAllowed, NotFound, PasswordMustChange, TryLater
from core.events import SessionEnded, SessionsChanged, SettingsChanged
from core.sessions import TOKEN_SECONDS, unstepped
from core.station import StationCore
from tests.stations import PASSWORDS, everything_in, log_in, running_station

SSH = Origin(kind="ssh", address="::1")


async def test_with_the_factory_password_only_a_new_one_can_be_set(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await core.entrance().log_in("user", "USER", SSH)
        for refused in (
            station.status,
            station.hardware,
            station.settings,
            station.sessions,
            station.restart,
        ):
            with pytest.raises(PasswordMustChange):
                await refused()
        with pytest.raises(PasswordMustChange):
            await station.change_password("admin", PASSWORDS["admin"])
        assert (await station.whoami()).password_must_change
        await station.change_password("user", PASSWORDS["user"])
        assert not (await station.whoami()).password_must_change
        assert (await station.status()).charge_points


async def test_a_new_password_ends_the_other_sessions_of_its_account(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        mine, other, user = await log_in(core), await log_in(core), await log_in(core, "user")
        events = other.events()
        await mine.change_password("admin", "Another-Way-1", old=PASSWORDS["admin"])
        ended = [event async for event in events][-1]
        assert ended == SessionEnded(reason="password_changed", by="admin")
        with pytest.raises(NotAllowed, match="has ended"):
            await other.status()
        assert (await mine.status()).charge_points
        assert (await user.status()).charge_points


async def test_the_administrator_sets_the_password_of_the_user_who_must_log_in_again(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin, user = await log_in(core), await log_in(core, "user")
        await admin.change_password("user", "Another-Way-1")
        with pytest.raises(NotAllowed, match="has ended"):
            await user.whoami()
        again = await core.entrance().log_in("user", "Another-Way-1", SSH)
        assert (await again.whoami()).account == "user"


async def test_the_user_may_not_touch_the_password_of_the_administrator(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        with pytest.raises(NotAllowed):
            await user.change_password("admin", "Another-Way-1")


async def test_a_token_takes_a_session_up_again_after_a_restart_once(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core)
        token = await station.resume_token()
        with pytest.raises(NotAllowed):
            await core.entrance().resume(token, SSH)
        await station.restart()
        with pytest.raises(TryLater):
            await core.entrance().resume(token, SSH)
    async with running_station("parking-2", tmp_path) as core:
        again = await core.entrance().resume(token, SSH)
        assert (await again.whoami()).account == "admin"
        with pytest.raises(NotAllowed, match="Log in"):
            await core.entrance().resume(token, SSH)


async def test_a_token_keeps_its_time_when_the_clock_is_set() -> None:
    wall, elapsed = 1_000.0, 50.0
    now = unstepped(lambda: wall, lambda: elapsed)
    elapsed += 10
    assert now() == 1_010.0
    wall = 820_000_000.0
    assert now() == 1_010.0


async def token_after(core: StationCore, how: str) -> str:
    """Return a token of a session that then ended in this way."""
    entrance = core.entrance()
    await log_in(core)
    station = await entrance.log_in("admin", PASSWORDS["admin"], SSH)
    token = await station.resume_token()
    if how == "log out":
        await station.log_out()
    elif how == "hang up":
        await entrance.close()
    elif how == "closed by another":
        await (await log_in(core)).close_session((await station.whoami()).id)
    elif how == "new password":
        await station.change_password("admin", "Another-Way-1", old=PASSWORDS["admin"])
    else:
        await station.resume_token()
    return token


@pytest.mark.parametrize("how", ["log out", "hang up", "closed by another", "new password", "newer token"])
async def test_a_token_ends_with_its_session(tmp_path: Path, how: str) -> None:
    async with running_station("parking-2", tmp_path) as core:
        token = await token_after(core, how)
    async with running_station("parking-2", tmp_path) as core:
        with pytest.raises(NotAllowed):
            await core.entrance().resume(token, SSH)


async def test_a_token_is_worth_nothing_ten_minutes_after_the_restart(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        token = await (await log_in(core)).resume_token()
    async with running_station("parking-2", tmp_path) as core:
        wall = core.parts.sessions._wall
        core.parts.sessions._wall = lambda: wall() + TOKEN_SECONDS + 1
        with pytest.raises(NotAllowed):
            await core.entrance().resume(token, SSH)


async def test_neither_password_nor_token_is_in_the_data_folder(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        token = await (await log_in(core)).resume_token()
        content = everything_in(tmp_path)
        assert b"resume_tokens" in content
        assert [word for word in (token, *PASSWORDS.values()) if word.encode() in content] == []


async def test_only_the_machine_itself_comes_in_without_a_password(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        assert (await (await log_in(core, "local")).whoami()).account == "local"
        with pytest.raises(NotAllowed):
            await core.entrance().local(SSH)


async def test_the_user_hears_of_settings_that_he_may_read_only(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin, user = await log_in(core), await log_in(core, "user")
        readable = {view.key for view in await user.settings()}
        hidden = next(v.key for v in await admin.settings() if v.key not in readable and v.kind == "text")
        heard, heard_by_admin = user.events(), admin.events()
        core.parts.announcer.announce(
            SettingsChanged(keys=(hidden, "general.station_location"), session=1, account="admin")
        )
        core.parts.announcer.announce(SettingsChanged(keys=(hidden,), session=2, account="admin"))
        core.parts.announcer.announce(SessionsChanged())
        assert await anext(heard) == SettingsChanged(
            keys=("general.station_location",), session=1, account="admin"
        )
        assert isinstance(await anext(heard), SessionsChanged)
        first = await anext(heard_by_admin)
        assert isinstance(first, SettingsChanged)
        assert hidden in first.keys


async def test_closing_a_session_that_is_not_there_says_so(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        with pytest.raises(NotFound, match="99"):
            await (await log_in(core)).close_session(99)
