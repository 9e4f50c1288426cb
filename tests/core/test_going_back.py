"""What newer software has made of the database is left with it: the station starts, with what it had."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core.database import copies, set_aside
from core.errors import StationError
from core.firmware import marker
from core.firmware.slots import Outcome, Slots
from core.schema import MIGRATIONS, SCHEMA
from core.storage import Storage
from tests.stations import log_in, running_station

NEWER = (*MIGRATIONS, "ALTER TABLE badges ADD COLUMN colour TEXT")
NEWER_COPIES = 5
"""One as the tables are changed, one at the end of each of four starts."""
LEFT = Slots(outcome=Outcome(version="9.0.0", result="returned", reason="its console does not start"))


def charged(link: sqlite3.Connection) -> None:
    link.execute("INSERT INTO badges (uid, type, comment) VALUES ('BBBB0002', 'user', 'on trial')")


def painted(link: sqlite3.Connection) -> None:
    link.execute("UPDATE badges SET colour = 'red'")


async def try_newer_software(folder: Path) -> None:
    """A station with a badge tries software that changes the tables, works with it, and leaves it."""
    async with running_station("parking-2", folder) as core:
        await (await log_in(core)).add_badge("AAAA0001", "user", "")
    for act in (charged, painted, painted, painted):
        storage = await Storage.open(folder, schema=SCHEMA, migrations=NEWER, keeps_copies=True)
        await storage.write(act)
        await storage.close()
    marker.write_marker(folder, LEFT)


async def badges(folder: Path) -> list[str]:
    """Those of the station that starts; software that was left is no damage."""
    async with running_station("parking-2", folder) as core:
        recovery = core.parts.storage.recovery
        errors = (await (await log_in(core)).status()).errors
        damaged = "Database restored" in [error.name for error in errors]
        assert damaged == (recovery is not None and not recovery.newer)
        return [badge.uid for badge in (await (await log_in(core)).badges()).badges]


def aside(folder: Path) -> list[Path]:
    return list(folder.glob("station.sqlite.damaged-*"))


def nothing(_folder: Path) -> None:
    """Not cut off."""


def the_newer_copies_are_gone(folder: Path) -> None:
    for copy in copies(folder)[:NEWER_COPIES]:
        copy.unlink()


def the_database_is_set_aside(folder: Path) -> None:
    the_newer_copies_are_gone(folder)
    set_aside(folder)


@pytest.mark.parametrize("cut_off", [nothing, the_newer_copies_are_gone, the_database_is_set_aside])
async def test_the_station_starts_again_with_what_it_had_and_what_came_since(
    tmp_path: Path, cut_off: Callable[[Path], None]
) -> None:
    await try_newer_software(tmp_path)
    cut_off(tmp_path)
    assert await badges(tmp_path) == ["AAAA0001", "BBBB0002"]
    assert aside(tmp_path)
    assert not marker.was_left(tmp_path)
    assert await badges(tmp_path) == ["AAAA0001", "BBBB0002"]


async def test_a_newer_database_is_left_as_it_is_where_no_software_was_left(tmp_path: Path) -> None:
    await try_newer_software(tmp_path)
    marker.write_marker(tmp_path, Slots())
    with pytest.raises(StationError, match="newer version"):
        await badges(tmp_path)
    assert not aside(tmp_path)


async def test_a_newer_database_without_an_older_copy_is_left_as_it_is(tmp_path: Path) -> None:
    await try_newer_software(tmp_path)
    for copy in copies(tmp_path)[NEWER_COPIES:]:
        copy.unlink()
    with pytest.raises(StationError, match="newer version"):
        await badges(tmp_path)
    assert not aside(tmp_path)
