"""A database of the time before phases and running totals."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from core.api import RecordQuery
from core.database import connect
from tests.stations import NOON, log_in, running_station

OLD_TABLES = """
ALTER TABLE resume_tokens DROP COLUMN key;
DROP TRIGGER records_counted;
DROP TABLE record_sums;
DROP TABLE record_days;
DROP TABLE record_shares;
DROP TABLE records;
CREATE TABLE records (
    number INTEGER PRIMARY KEY, station TEXT NOT NULL, socket INTEGER NOT NULL,
    transaction_id INTEGER NOT NULL UNIQUE, holder INTEGER NOT NULL REFERENCES record_holders (id),
    charge_type TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, energy_wh INTEGER NOT NULL,
    socket_type TEXT NOT NULL, duration_s INTEGER NOT NULL, stop_reason TEXT NOT NULL,
    meter_start_wh INTEGER NOT NULL, meter_stop_wh INTEGER NOT NULL,
    mean_power_w INTEGER NOT NULL, max_power_w INTEGER NOT NULL
);
CREATE INDEX records_holder ON records (holder, number);
CREATE INDEX records_started ON records (started, number);
CREATE INDEX records_socket ON records (socket, meter_stop_wh);
PRAGMA user_version = 1;
"""
OPEN_SESSION = (
    '{"number":0,"station":"S","socket":2,"transaction_id":9,"uid":"BB","charge_type":"AC_THREE_PHASE",'
    '"start":"2026-03-02T10:00:00Z","end":"2026-03-02T10:30:00Z","energy_kwh":1.5,"socket_type":"TYPE2",'
    '"duration_s":1800,"comment":"","stop_reason":"power_loss","meter_start_wh":0,"meter_stop_wh":1500}'
)


async def old_station(folder: Path) -> None:
    """A folder whose records, and a session left open, are of the old shape; there is no copy of it yet."""
    async with running_station("parking-2", folder):
        pass
    for copy in (folder / "copies").iterdir():
        copy.unlink()
    link = connect(folder / "station.sqlite")
    link.executescript(OLD_TABLES)
    link.execute("INSERT INTO record_holders VALUES (1, 'AA', 'Anna', 'aa' || char(10) || 'anna')")
    started = int(datetime(2026, 3, 1, 8, tzinfo=UTC).timestamp())
    for number in range(1, 8):
        kind = "AC_THREE_PHASE" if number % 2 else "AC_SINGLE_PHASE"
        link.execute(
            "INSERT INTO records VALUES (?, 'S', 1, ?, 1, ?, ?, ?, 500, 'TYPE2', 60, 'badge', ?, ?, 30, 40)",
            (number, number, kind, started, started + 60, (number - 1) * 500, number * 500),
        )
    link.execute("INSERT INTO open_sessions VALUES (9, ?)", (OPEN_SESSION,))
    link.close()


async def test_records_of_an_older_version_keep_everything_and_gain_phases_and_totals(tmp_path: Path) -> None:
    await old_station(tmp_path)
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        page = await admin.records(RecordQuery(descending=False))
        assert [(each.number, each.phases) for each in page.records] == [
            (1, 3), (2, 1), (3, 3), (4, 1), (5, 3), (6, 1), (7, 3), (8, 3),
        ]  # fmt: skip
        assert (page.total, page.totals.energy_kwh, page.totals.duration_s) == (8, 5.0, 7 * 60 + 1800)
        assert (await admin.records(RecordQuery(badge="AA"))).totals.count == 7
        assert (await admin.records(RecordQuery(until=NOON))).totals.count == 8
        points = {point.point: point.energy_wh for point in (await admin.status()).charge_points}
        assert points == {1: 3500, 2: 1500}


async def test_a_migrated_database_is_migrated_once(tmp_path: Path) -> None:
    await old_station(tmp_path)
    for _ in range(2):
        async with running_station("parking-2", tmp_path) as core:
            assert (await (await log_in(core)).records(RecordQuery())).totals.count == 8
    with sqlite3.connect(tmp_path / "station.sqlite") as link:
        counted = link.execute("SELECT sum(count) FROM record_days").fetchone()
    link.close()
    assert counted == (8,)
