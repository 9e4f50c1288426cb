"""Public keys are added and removed by the administrator, and open what they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.api import LogEntry, LogQuery, Origin, Station
from core.errors import Conflict, Invalid, LogInRefused, NotAllowed, NotFound
from core.events import SessionEnded
from core.station import StationCore
from core.values.keys import MOST_KEYS
from tests.core.ssh_keys.making import fingerprint, line, packed
from tests.stations import NOON, log_in, running_station

HERE = Origin(kind="ssh", address="192.0.2.7", purpose="command")


async def entries(station: Station, *actions: str) -> list[LogEntry]:
    return [each for each in await station.log(LogQuery(last=1000)) if each.action in actions]


async def with_key(core: StationCore, account: str = "admin", number: int = 1) -> Station:
    """Log in as the SSH server does for a signature that is right."""
    entrance = core.entrance()
    assert await entrance.fits_key(account, packed(number), HERE)
    return await entrance.log_in_with_key(account, packed(number), HERE)


async def test_a_key_opens_its_account_and_no_other(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await log_in(core, "user")
        added = await admin.add_key("user", line())
        assert (added.account, added.type, added.fingerprint) == ("user", "ssh-ed25519", fingerprint())
        assert (added.comment, added.added, added.added_by) == ("technician 1", NOON, "admin ssh ::1")
        assert added.last_used is None
        user = await with_key(core, "user")
        info = await user.whoami()
        assert (info.account, info.key, info.password_must_change) == ("user", fingerprint(), False)
        assert not await core.entrance().fits_key("admin", packed(), HERE)
        with pytest.raises(LogInRefused, match="This key does not open the account"):
            await core.entrance().log_in_with_key("admin", packed(), HERE)
        (listed,) = await admin.keys()
        assert listed.last_used == NOON


async def test_no_key_opens_an_account_that_has_its_factory_password(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await local.add_key("admin", line())
        assert not await core.entrance().fits_key("admin", packed(), HERE)
        with pytest.raises(LogInRefused):
            await core.entrance().log_in_with_key("admin", packed(), HERE)
        await log_in(core)
        assert (await (await with_key(core)).whoami()).account == "admin"
        await core.parts.accounts.reset("admin")
        assert not await core.entrance().fits_key("admin", packed(), HERE)


async def test_an_account_that_there_is_not_answers_like_a_key_that_there_is_not(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await log_in(core)
        said = set()
        for account in ("admin", "user", "root", ""):
            entrance = core.entrance()
            assert not await entrance.fits_key(account, packed(), HERE)
            with pytest.raises(LogInRefused) as refused:
                await entrance.log_in_with_key(account, packed(), HERE)
            said.add((refused.value.message, refused.value.details["wait_s"]))
        assert len(said) == 1


async def test_offered_keys_are_no_wrong_tries(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await log_in(core)
        for number in range(30):
            await core.entrance().fits_key("admin", packed(number % 3), HERE)
        with pytest.raises(LogInRefused, match="not right"):
            await core.entrance().log_in("admin", "wrong", HERE)


async def test_a_key_waits_as_long_as_a_password_after_wrong_ones(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.add_key("admin", line())
        for _ in range(3):
            with pytest.raises(LogInRefused):
                await core.entrance().log_in("admin", "wrong", HERE)
        with pytest.raises(LogInRefused, match="Try again in 1 s"):
            await with_key(core)
        (listed,) = await admin.keys()
        assert listed.last_used is None


async def test_the_sessions_of_a_removed_key_end_and_only_those(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.add_key("admin", line(1))
        await admin.add_key("admin", line(2))
        gone, stays = await with_key(core, number=1), await with_key(core, number=2)
        told = gone.events()
        token = await gone.resume_token()
        removed = await admin.remove_key("admin", fingerprint(1))
        assert removed.fingerprint == fingerprint(1)
        heard = [event async for event in told if isinstance(event, SessionEnded)]
        assert heard == [SessionEnded(reason="key_removed", by="admin")]
        with pytest.raises(NotAllowed):
            await gone.status()
        assert (await stays.whoami()).key == fingerprint(2)
        assert (await admin.whoami()).key == ""
        assert not await core.entrance().fits_key("admin", packed(1), HERE)
        await core.parts.sessions.start()
        with pytest.raises(NotAllowed):
            await core.entrance().resume(token, HERE)


async def test_a_session_that_is_taken_up_again_still_belongs_to_its_key(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core)).add_key("admin", line())
        token = await (await with_key(core)).resume_token()
        core.parts.sessions.leave()
    async with running_station("parking-2", tmp_path) as core:
        again = await core.entrance().resume(token, HERE)
        assert (await again.whoami()).key == fingerprint()
        await again.remove_key("admin", fingerprint())
        with pytest.raises(NotAllowed):
            await again.status()


async def test_a_password_that_is_changed_ends_sessions_of_keys_too(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await log_in(core, "user")
        await admin.add_key("user", line())
        user = await with_key(core, "user")
        await admin.change_password("user", "Other-Gate-77")
        with pytest.raises(NotAllowed):
            await user.status()
        assert (await (await with_key(core, "user")).whoami()).account == "user"


async def test_a_key_that_is_there_already_is_named(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.add_key("admin", line())
        with pytest.raises(Conflict) as refused:
            await admin.add_key("admin", f"{' '.join(line().split()[:2])} another comment")
        assert fingerprint() in refused.value.message
        assert "technician 1" in refused.value.message
        await admin.add_key("user", line())
        assert [key.account for key in await admin.keys()] == ["admin", "user"]


async def test_an_account_has_a_limited_number_of_keys(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        for number in range(MOST_KEYS):
            await admin.add_key("admin", line(number))
        with pytest.raises(Invalid, match="at most 32 keys"):
            await admin.add_key("admin", line(MOST_KEYS))
        assert len(await admin.keys()) == MOST_KEYS


async def test_what_there_is_not_is_not_found(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        with pytest.raises(NotFound, match="The accounts are admin and user"):
            await admin.add_key("root", line())
        with pytest.raises(NotFound, match="no such key"):
            await admin.remove_key("admin", fingerprint())


async def test_keys_are_the_administrator_s_alone(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        user = await log_in(core, "user")
        with pytest.raises(NotAllowed, match="may not see or change the public keys"):
            await user.keys()
        with pytest.raises(NotAllowed):
            await user.add_key("user", line())
        with pytest.raises(NotAllowed):
            await user.remove_key("user", fingerprint())
        local = await log_in(core, "local")
        assert await local.keys() == ()
        await local.add_key("user", line())
        mine = await with_key(core, "user")
        for station, sees in ((local, True), (user, False), (mine, False)):
            said = f"{await station.log(LogQuery(last=1000))}{await station.sessions()}"
            assert (fingerprint() in said) is sees
            assert ("technician 1" in said) is sees
        assert await user.log(LogQuery(find="technician")) == ()


async def test_the_log_tells_of_keys_and_of_who_came_in_by_one(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        await admin.add_key("admin", line())
        await with_key(core)
        await admin.remove_key("admin", fingerprint())
        await core.parts.storage.flush()
        named = f"ssh-ed25519 {fingerprint()} technician 1"
        told = [
            (each.action, each.account, each.subject)
            for each in await entries(admin, "key_added", "key_removed", "logged_in")
            if each.text == named
        ]
        assert told == [
            ("key_added", "admin", "admin"),
            ("logged_in", "admin", "command"),
            ("key_removed", "admin", "admin"),
        ]


async def test_somebody_with_unknown_keys_only_is_noted_once_however_many_they_are(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        for connection in range(40):
            entrance = core.entrance()
            await entrance.fits_key("root" if connection else "user", packed(1), HERE)
            await entrance.fits_key("user", packed(2), HERE)
            await entrance.close()
        await core.parts.storage.flush()
        noted = await entries(admin, "log_in_refused")
        assert 1 <= len(noted) <= 3
        assert {(each.subject, each.text, each.origin) for each in noted} == {
            ("user", "unknown key", "ssh 192.0.2.7")
        }


async def test_unknown_keys_before_the_right_password_are_no_failure(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        entrance = core.entrance()
        await entrance.fits_key("admin", packed(), HERE)
        await entrance.log_in("admin", "Hidden-Door-7", HERE)
        await entrance.close()
        assert await entries(admin, "log_in_refused") == []
