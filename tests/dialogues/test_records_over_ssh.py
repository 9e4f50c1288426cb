"""A long export over real SSH to a reader that stops in the middle, while a record arrives."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cdrs import table
from core.database import connect, prepare
from core.schema import MIGRATIONS, SCHEMA
from tests.core.cdrs.csv_reader import parse
from tests.core.cdrs.test_csv_file import record
from tests.dialogues.client import Client
from tests.dialogues.running import EVTTY, RunningStation
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh")

COUNT = 30_000
"""More than the pipe, the client and the window of its channel take before the reader reads."""


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    folder: Path = tmp_path_factory.mktemp("station")
    link = connect(folder / "station.sqlite")
    prepare(link, SCHEMA, MIGRATIONS)
    link.execute("BEGIN")
    first = table.append(link, record(transaction_id=1, comment="Flat 2, Ülo"))
    row = table.row_of(first)
    rows = ((n, *row[1:3], n, 1, *row[5:11], *row[12:], None) for n in range(2, COUNT + 1))
    link.executemany(table.INSERT, rows)
    link.execute("COMMIT")
    link.close()
    with RunningStation(folder) as running:
        assert running.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        yield running


def test_a_slow_reader_gets_every_record_once_and_none_that_arrived_meanwhile(
    station: RunningStation, admin: Client
) -> None:
    with admin.start("cdr", "export", "--all") as export:
        assert export.stdout is not None
        first = export.stdout.read(1000)
        for command in ("sim plug 1", "sim badge E1EB1C02", "sim unplug 1"):
            assert station.evtty(*command.split()).returncode == 0
        assert admin.run("cdr", "list", "--last", "1", "--json").json["records"][0]["number"] == COUNT + 1
        text = first + export.stdout.read()
    assert export.returncode == 0
    assert [line.number for line in parse(text)] == list(range(COUNT, 0, -1))


def test_whoever_hangs_up_in_the_middle_of_an_export_disturbs_nobody(
    station: RunningStation, admin: Client
) -> None:
    with admin.start("cdr", "export", "--all") as export:
        assert export.stdout is not None
        export.stdout.read(1000)
        export.kill()
    assert admin.run("cdr", "export", "--last", "2").output.count(b"\r\n") == 3


def test_a_file_is_utf_8_whatever_the_terminal_speaks(station: RunningStation) -> None:
    exported = subprocess.run(
        [str(EVTTY), "cdr", "export", "--last", "1", "--find", "flat 2", "--data", str(station.folder)],
        capture_output=True,
        check=True,
        timeout=30,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert "Flat 2, Ülo" in exported.stdout.decode("utf-8")
