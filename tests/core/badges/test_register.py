"""The register at a running station: whole, logged, announced, and found again."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.api import Badge, BadgeQuery, BadgeSelection, LogQuery, Station, Vehicle
from core.badges import table
from core.badges.csv_file import file_of
from core.database import connect
from core.errors import Conflict, Invalid, NotAllowed, NotFound, PasswordMustChange
from core.events import BadgesChanged
from core.station import StationCore
from tests.core.cdrs.test_migration import OLD_TABLES
from tests.stations import NOON, log_in, running_station


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[StationCore]:
    async with running_station("parking-2", tmp_path) as core:
        yield core


@pytest.fixture
async def station(core: StationCore) -> Station:
    return await log_in(core)


async def uids(station: Station, query: BadgeQuery) -> list[str]:
    return [badge.uid for badge in (await station.badges(query)).badges]


async def logged(station: Station) -> list[tuple[str, str, str | None, str | None]]:
    """Action, subject, old and new of what was done to badges."""
    entries = await station.log(LogQuery(last=1000))
    return [
        (entry.action, entry.subject, entry.old, entry.new)
        for entry in entries
        if entry.action.startswith("badges_")
    ]


async def test_both_accounts_read_and_change_the_register(core: StationCore) -> None:
    for account in ("admin", "user", "local"):
        someone = await log_in(core, account)
        badge = await someone.add_badge("AABBCC", "user", account)
        assert (await someone.set_badge("aa bb cc", kind="vip")).type == "vip"
        assert (await someone.badges()).total == 1
        assert await someone.remove_badges(BadgeSelection(uids=(badge.uid,))) == 1


async def test_a_factory_password_opens_no_register(core: StationCore) -> None:
    from core.api import Origin

    admin = await core.entrance().log_in("admin", "ADMIN", Origin(kind="ssh", address="::1"))
    with pytest.raises(PasswordMustChange):
        await admin.badges()
    with pytest.raises(PasswordMustChange):
        await admin.clear_badges()


async def test_a_station_without_a_reader_takes_no_badges(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core:
        station = await log_in(core)
        with pytest.raises(NotAllowed):
            await station.add_badge("AABBCC")
        with pytest.raises(NotAllowed):
            await station.learn_start("add")


async def test_every_change_is_logged_with_old_and_new(station: Station) -> None:
    await station.add_badge("AABBCC", "user", "Anna")
    await station.set_badge("AABBCC", comment="Berta")
    await station.set_badges_type(BadgeSelection(found=""), "admin")
    await station.clear_badges()
    assert await logged(station) == [
        ("badges_added", "AABBCC", None, "1 AABBCC user Anna"),
        ("badges_changed", "AABBCC", "1 AABBCC user Anna", "1 AABBCC user Berta"),
        ("badges_changed", "AABBCC", "1 AABBCC user Berta", "1 AABBCC admin Berta"),
        ("badges_removed", "AABBCC", "1 AABBCC admin Berta", None),
    ]


async def test_the_log_of_many_badges_is_short_and_misses_none(station: Station) -> None:
    badges = [
        Badge(number=number, uid=f"{number:06X}", type="user", comment="x" * 50) for number in range(1, 501)
    ]
    await station.import_badges(file_of(badges))
    entries = [entry for entry in await logged(station) if entry[0] == "badges_added"]
    assert len(entries) < 40
    told = "; ".join(entry[3] or "" for entry in entries)
    assert told == "; ".join(f"{badge.number} {badge.uid} user {badge.comment}" for badge in badges)


async def test_what_changes_nothing_is_neither_logged_nor_announced(
    core: StationCore, station: Station
) -> None:
    await station.add_badge("AABBCC", "user", "Anna")
    before, facts = await logged(station), core.parts.announcer.listen()
    await station.set_badge("AABBCC", kind="user", comment="Anna")
    assert await station.set_badges_type(BadgeSelection(found=""), "user") == 0
    facts.close()
    assert [fact async for fact in facts] == []
    assert await logged(station) == before


async def test_a_change_is_announced(core: StationCore, station: Station) -> None:
    facts = core.parts.announcer.listen()
    await station.add_badge("AABBCC")
    facts.close()
    assert BadgesChanged() in [fact async for fact in facts]


async def test_a_badge_is_there_once_and_its_number_is_never_given_again(station: Station) -> None:
    await station.add_badge("AABBCC")
    with pytest.raises(Conflict):
        await station.add_badge("aa:bb:cc")
    await station.clear_badges()
    assert (await station.add_badge("AABBCC")).number == 2


async def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused(station: Station) -> None:
    seen = await station.add_badge("AABBCC", "user", "Anna")
    await station.set_badge("AABBCC", comment="Berta")
    with pytest.raises(Conflict) as refused:
        await station.set_badge("AABBCC", kind="vip", seen=seen)
    assert refused.value.details == {"type": "user", "comment": "Berta"}


async def test_a_selection_is_removed_whole_or_not_at_all(station: Station) -> None:
    for uid in ("AABBCC", "DDEEFF", "112233"):
        await station.add_badge(uid, "user", "Pool" if uid != "112233" else "")
    with pytest.raises(NotFound):
        await station.remove_badges(BadgeSelection(uids=("AABBCC", "000000")))
    with pytest.raises(Conflict):
        await station.remove_badges(BadgeSelection(found="pool", expected=3))
    assert (await station.badges()).total == 3
    assert await station.remove_badges(BadgeSelection(found="pool", expected=2)) == 2
    assert await uids(station, BadgeQuery()) == ["112233"]


async def test_single_badges_are_left_out_of_what_is_found(station: Station) -> None:
    for uid in ("000001", "000002", "000003"):
        await station.add_badge(uid, comment="Pool")
    some = BadgeSelection(found="pool", besides=("000002", "ABCDEF"), expected=2)
    assert await station.remove_badges(some) == 2
    assert await uids(station, BadgeQuery(find="pool")) == ["000002"]


async def test_badges_are_found_sorted_and_paged(station: Station) -> None:
    for uid, comment in (("AABBCC", "ülo"), ("0011EB1C", "Anna"), ("DDEEFF", "anna b")):
        await station.add_badge(uid, "user", comment)
    assert await uids(station, BadgeQuery(find="ÜLO")) == ["AABBCC"]
    assert await uids(station, BadgeQuery(find="eb:1c")) == ["0011EB1C"]
    assert await uids(station, BadgeQuery(find="ANNA")) == ["0011EB1C", "DDEEFF"]
    assert await uids(station, BadgeQuery(find="%")) == []
    assert await uids(station, BadgeQuery(sort="uid")) == ["0011EB1C", "AABBCC", "DDEEFF"]
    by_comment = BadgeQuery(sort="comment", descending=True)
    assert await uids(station, by_comment) == ["AABBCC", "DDEEFF", "0011EB1C"]
    assert await uids(station, BadgeQuery(offset=1, limit=1)) == ["0011EB1C"]
    page = await station.badges(BadgeQuery(find="anna", limit=0))
    assert (page.badges, page.found, page.total) == ((), 2, 3)
    for query in (BadgeQuery(limit=1001), BadgeQuery(offset=-1)):
        with pytest.raises(Invalid):
            await station.badges(query)


async def test_what_is_no_type_is_refused(station: Station) -> None:
    with pytest.raises(Invalid):
        await station.add_badge("AABBCC", "king")  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        await station.set_badges_type(BadgeSelection(found=""), "king")  # type: ignore[arg-type]


async def test_a_list_goes_from_one_station_to_another(station: Station, tmp_path: Path) -> None:
    await station.add_badge("AABBCC", "vip", "=HYPERLINK(1)")
    await station.add_badge("DDEEFF", "admin", "'")
    file = await station.export_badges()
    async with running_station("city-2", tmp_path / "second") as second:
        other = await log_in(second)
        await other.add_badge("112233")
        done = await other.import_badges(file)
        assert (done.saved, done.seal, len(done.removed)) == (True, "intact", 1)
        assert await other.badges() == await station.badges()


async def test_a_faulty_file_changes_nothing(station: Station) -> None:
    await station.add_badge("AABBCC")
    file = file_of([Badge(number=1, uid="DDEEFF", type="user")]) + b"\n2,XX,User,\n3,YY,User,\n"
    with pytest.raises(Invalid) as refused:
        await station.import_badges(file, accept_edited=True)
    assert [problem.values["line"] for problem in refused.value.problems] == ["5", "6"]
    assert await uids(station, BadgeQuery()) == ["AABBCC"]
    tried = await station.import_badges(file, dry_run=True)
    assert len(tried.problems) == 2
    assert not tried.saved


async def test_a_charge_is_noted_as_use_of_its_badge(core: StationCore) -> None:
    station = await log_in(core, "local")
    await station.add_badge("AABBCC")
    await station.sim_plug(1, Vehicle())
    await station.sim_badge("AABBCC")
    (badge,) = (await station.badges()).badges
    assert (badge.first_use, badge.last_use) == (NOON, NOON)
    await station.sim_unplug(1)
    later = NOON + timedelta(hours=1)
    await station.sim_advance(later)
    await station.sim_plug(1, Vehicle())
    await station.sim_badge("AABBCC")
    (badge,) = (await station.badges()).badges
    assert (badge.first_use, badge.last_use) == (NOON, later)
    await station.import_badges(await station.export_badges())
    assert (await station.badges()).badges == (badge,)


async def test_a_register_that_did_not_know_of_uses_is_brought_to_this_version(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path):
        pass
    for copy in (tmp_path / "copies").iterdir():
        copy.unlink()
    with closing(connect(tmp_path / "station.sqlite")) as link:
        link.executescript(OLD_TABLES)
        link.executescript(
            "DROP TABLE badges;"
            "CREATE TABLE badges (number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,"
            " type TEXT NOT NULL, comment TEXT NOT NULL);"
            "INSERT INTO badges VALUES (3, 'AABBCC', 'user', 'Anna');"
            "PRAGMA user_version = 0"
        )
    async with running_station("parking-2", tmp_path) as core:
        badges = await core.parts.storage.read(table.every)
        assert badges == (Badge(number=3, uid="AABBCC", type="user", comment="Anna"),)


async def test_an_imported_list_is_there_again_from_the_journal(station: Station, tmp_path: Path) -> None:
    badges = [
        Badge(number=number, uid=f"{number:06X}", type="user", comment="'; --") for number in range(1, 1201)
    ]
    await station.import_badges(file_of(badges))
    await station.set_badges_type(BadgeSelection(found="0001"), "vip")
    wanted = await station.badges(BadgeQuery(offset=200))
    damaged = tmp_path / "damaged"
    shutil.copytree(
        tmp_path, damaged, ignore=shutil.ignore_patterns("*-wal", "*-shm", "core.sock", "damaged")
    )
    (damaged / "station.sqlite").write_bytes(b"no database" * 1000)
    async with running_station("parking-2", damaged) as core:
        assert core.parts.storage.recovery is not None
        assert await (await log_in(core, "local")).badges(BadgeQuery(offset=200)) == wanted
