"""What the station was told is stored, is there: after a kill, after damage, after a full disk."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.database import DATABASE_FILE, check, connect
from core.errors import StationError, StorageFull, TryLater
from core.storage import Storage
from tests.effort import Effort

SCHEMA = ("CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);",)


async def opened(folder: Path) -> Storage:
    return await Storage.open(folder, schema=SCHEMA)


def put(link: sqlite3.Connection, text: str) -> None:
    link.execute("INSERT INTO facts (text) VALUES (?)", (text,))


def texts(link: sqlite3.Connection) -> list[str]:
    return [text for (text,) in link.execute("SELECT text FROM facts ORDER BY id")]


async def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.write(lambda link: put(link, "one"))
    await storage.close()
    storage = await opened(tmp_path)
    assert await storage.read(texts) == ["one"]
    assert storage.recovery is None
    await storage.close()


async def test_whoever_comes_after_the_end_is_told_to_try_later(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.close()
    with pytest.raises(TryLater, match="has stopped"):
        await storage.read(texts)
    with pytest.raises(TryLater, match="has stopped"):
        await storage.write(lambda link: put(link, "too late"))


async def test_a_failed_act_leaves_nothing_behind(tmp_path: Path) -> None:
    storage = await opened(tmp_path)

    def act(link: sqlite3.Connection) -> None:
        put(link, "one")
        put(link, "one")

    with pytest.raises(sqlite3.IntegrityError):
        await storage.write(act)
    await storage.write(lambda link: put(link, "two"))
    assert await storage.read(texts) == ["two"]
    await storage.close()


async def test_a_reader_sees_one_state_while_the_writer_goes_on(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    loop = asyncio.get_running_loop()
    began, may_end = asyncio.Event(), threading.Event()

    def ask(link: sqlite3.Connection) -> tuple[list[str], list[str]]:
        before = texts(link)
        loop.call_soon_threadsafe(began.set)
        may_end.wait()
        return before, texts(link)

    reading = asyncio.create_task(storage.read(ask))
    await began.wait()
    await storage.write(lambda link: put(link, "meanwhile"))
    assert await storage.read(texts) == ["meanwhile"], "a short question does not wait for a long one"
    may_end.set()
    assert await reading == ([], [])
    assert await storage.read(texts) == ["meanwhile"]
    await storage.close()


WRITER = """
import asyncio, sys
from pathlib import Path
from tests.core.test_storage import opened, put

async def main():
    storage = await opened(Path(sys.argv[1]))
    for number in range(int(sys.argv[2]), 10**9):
        await storage.write(lambda link: put(link, str(number)))
        print(number, flush=True)

asyncio.run(main())
"""


def test_no_acknowledged_write_is_lost_when_the_writer_is_killed(tmp_path: Path, effort: Effort) -> None:
    acknowledged = -1
    for round_ in range(effort(default=3, long=40)):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str((round_ + 1) * 1_000_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(20 + 7 * round_):
            line = writer.stdout.readline()
            assert line
            acknowledged = int(line)
        writer.kill()
        rest = writer.stdout.read().split()
        acknowledged = int(rest[-1]) if rest and rest[-1].isdigit() else acknowledged
        writer.stdout.close()
        writer.wait()
        link = connect(tmp_path / DATABASE_FILE)
        found = [int(text) for text in texts(link) if int(text) >= (round_ + 1) * 1_000_000]
        link.close()
        assert acknowledged in found
        assert found == sorted(set(found))


def damage(folder: Path) -> None:
    path = folder / DATABASE_FILE
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)


async def test_a_damaged_database_is_restored_with_everything_since_the_copy(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.write(lambda link: put(link, "before the copy"))
    await storage.copy()
    await storage.write(lambda link: put(link, "after the copy; it's 'quoted'"))
    await storage.write(lambda link: link.execute("DELETE FROM facts WHERE id = 1").rowcount)
    kept = {path: path.read_bytes() for path in (tmp_path / "copies").iterdir()}
    await storage.close()
    for path in (tmp_path / "copies").iterdir():
        path.unlink()
    for path, content in kept.items():
        path.write_bytes(content)
    damage(tmp_path)
    storage = await opened(tmp_path)
    assert await storage.read(texts) == ["after the copy; it's 'quoted'"]
    assert storage.recovery is not None
    assert storage.recovery.transactions == 2
    assert (tmp_path / storage.recovery.set_aside).exists()
    await storage.write(lambda link: put(link, "and it goes on"))
    await storage.close()


async def test_a_damaged_copy_is_passed_over_for_the_one_before(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.write(lambda link: put(link, "one"))
    await storage.copy()
    await storage.write(lambda link: put(link, "two"))
    newest = await storage.copy()
    await storage.write(lambda link: put(link, "three"))
    await storage.close()
    assert newest is not None
    for path in sorted((tmp_path / "copies").glob("*.sqlite"))[-2:]:
        path.write_bytes(b"nothing of use" * 1000)
    damage(tmp_path)
    storage = await opened(tmp_path)
    assert await storage.read(texts) == ["one", "two", "three"]
    await storage.close()


async def test_a_database_that_is_gone_is_made_from_its_copy(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.write(lambda link: put(link, "one"))
    await storage.close()
    (tmp_path / DATABASE_FILE).unlink()
    storage = await opened(tmp_path)
    assert await storage.read(texts) == ["one"]
    assert storage.recovery is not None
    await storage.close()


async def test_a_full_disk_refuses_clearly_and_everything_recovers_when_there_is_room(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    (pages,) = await storage.read(lambda link: link.execute("PRAGMA page_count").fetchone())
    await storage.write(lambda link: link.execute(f"PRAGMA max_page_count={pages}").fetchone())
    with pytest.raises(StorageFull, match="disk is full"):
        await storage.write(lambda link: put(link, "x" * 50_000))
    was_full = storage.is_full
    queued = [storage.write_when_possible(lambda link, n=n: put(link, f"{n}" * 9_000)) for n in (1, 2)]  # type: ignore[misc]
    await storage.write(lambda link: link.execute("PRAGMA max_page_count=100000").fetchone())
    await storage.flush()
    assert [text[0] for text in await storage.read(texts)] == ["1", "2"]
    assert all(done.done() for done in queued)
    assert (was_full, storage.is_full) == (True, False)
    await storage.close()


def test_a_file_that_cannot_grow_is_a_full_disk_too(tmp_path: Path) -> None:
    script = """
import asyncio, resource, sys
from pathlib import Path
from tests.core.test_storage import opened, put, texts
from core.errors import StorageFull

async def main():
    storage = await opened(Path(sys.argv[1]))
    await storage.write(lambda link: put(link, "before"))
    (_, hard) = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        await storage.write(lambda link: put(link, "refused" * 100_000))
    except StorageFull:
        pass
    else:
        raise SystemExit("nothing was refused")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    await storage.write(lambda link: put(link, "after"))
    assert await storage.read(texts) == ["before", "after"]
    await storage.close()

asyncio.run(main())
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)


async def test_a_database_of_a_newer_program_is_left_as_it_is(tmp_path: Path) -> None:
    storage = await Storage.open(tmp_path, schema=SCHEMA, migrations=("SELECT 1",))
    await storage.close()
    with pytest.raises(StationError, match="newer version"):
        await opened(tmp_path)


async def test_a_migration_runs_once_on_an_older_database(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.write(lambda link: put(link, "old"))
    await storage.close()
    for _ in range(2):
        storage = await Storage.open(
            tmp_path, schema=SCHEMA, migrations=("UPDATE facts SET text = text || '!'",)
        )
        assert await storage.read(texts) == ["old!"]
        await storage.close()


def test_the_check_of_a_huge_file_ends_in_time(tmp_path: Path) -> None:
    link = connect(tmp_path / DATABASE_FILE)
    link.execute(
        "CREATE TABLE facts AS WITH RECURSIVE n(i) AS"
        " (SELECT 1 UNION SELECT i+1 FROM n LIMIT 60000) SELECT i FROM n"
    )
    assert not check(link, seconds=-1)
    assert check(link)
    link.close()


def test_copies_and_writes_go_on_when_no_file_can_be_opened_any_more(tmp_path: Path) -> None:
    script = """
import asyncio, os, resource, sys
from pathlib import Path
from tests.core.test_storage import opened, put, texts

async def main():
    storage = await opened(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    taken = []
    try:
        while True:
            taken.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        pass
    await storage.write(lambda link: put(link, "written"))
    assert await storage.copy() is not None
    assert await storage.copy() is not None
    for descriptor in taken:
        os.close(descriptor)
    await storage.close()

asyncio.run(main())
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)


async def test_damage_at_run_time_refuses_to_save_and_is_mended_by_the_next_start(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    await storage.write(lambda link: put(link, "kept"))
    await storage.copy()

    storage._link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / DATABASE_FILE
    path.write_bytes(path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096))
    storage._link.execute("PRAGMA cache_size=0")
    with pytest.raises(StorageFull, match="damaged"):
        await storage.write(lambda link: put(link, "refused"))
    assert storage.is_damaged
    await storage.close()
    storage = await opened(tmp_path)
    assert await storage.read(texts) == ["kept"]
    await storage.close()


async def test_a_damaged_database_never_takes_the_place_of_a_good_copy(tmp_path: Path) -> None:
    storage = await opened(tmp_path)
    for number in range(100):
        await storage.write(lambda link, number=number: put(link, f"{number} " * 200))  # type: ignore[misc]
    good = await storage.copy()
    storage._link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / DATABASE_FILE
    content = bytearray(path.read_bytes())
    content[8192:40960] = os.urandom(32768)
    path.write_bytes(content)
    assert [await storage.copy() for _ in range(4)] == [None] * 4
    assert storage.is_damaged
    assert good in [*(tmp_path / "copies").iterdir()]
    late = storage.write_when_possible(lambda link: put(link, "never"))
    await storage.close()
    assert not late.done()
    storage = await opened(tmp_path)
    assert len(await storage.read(texts)) == 100
    await storage.close()


async def test_a_long_journal_is_ended_by_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.storage.LONGEST_JOURNAL", 10_000)
    storage = await opened(tmp_path)
    for number in range(400):
        await storage.write(lambda link, number=number: put(link, f"{number} " * 50))  # type: ignore[misc]
    await storage.close()
    folder = tmp_path / "copies"
    assert sum(path.stat().st_size for path in folder.glob("*.jsonl")) < 100_000
    assert len([*folder.glob("*.sqlite")]) == 3
    (tmp_path / DATABASE_FILE).unlink()
    storage = await opened(tmp_path)
    assert len(await storage.read(texts)) == 400
    await storage.close()
