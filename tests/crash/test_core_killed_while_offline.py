"""Core dies again and again while its supervision cannot be reached: each charge is told once, in order."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from datetime import timedelta
from pathlib import Path

import msgspec

from core.api import RecordQuery, Station, Vehicle
from core.database import DATABASE_FILE, connect
from core.errors import TryLater
from core.transactions.facts import AnyFact, Ended, Sampled, Started
from core.values.records import ChargeRecord
from tests.core.test_kill import Doomed, Killed
from tests.core.test_process import local_station, station_process
from tests.effort import Effort

OFFLINE = {
    "general.station_type": "supervised",
    "general.authentication_location": "disable",
    "supervision.protocol": "ocpp16j",
    "supervision.primary_url": "ws://127.0.0.1:9/",
    "supervision.identity": "crash",
}


async def charge(station: Station, doomed: Doomed, visits: int) -> int:
    """Let vehicles come and go at both charge points; how many have been served before the station died."""
    for done in range(visits):
        point = 1 + done % 2
        try:
            await doomed.do(station.sim_plug(point, Vehicle(energy_wh=9_000)))
            now = (await doomed.do(station.status())).station.time
            await doomed.do(station.sim_advance(now + timedelta(minutes=20)))
            await doomed.do(station.sim_unplug(point))
        except (Killed, TryLater):
            return done
    return visits


def facts_of(link: sqlite3.Connection) -> list[AnyFact]:
    rows = link.execute("SELECT fact FROM transaction_facts ORDER BY number").fetchall()
    return [msgspec.json.decode(text, type=AnyFact) for (text,) in rows]


def check(facts: list[AnyFact], records: tuple[ChargeRecord, ...]) -> None:
    """Every record is told by one beginning and one end, of every charge point in its order."""
    for point in (1, 2):
        mine = [record for record in records if record.socket == point]
        told = [fact for fact in facts if fact.point == point and not isinstance(fact, Sampled)]
        begun, ended = told[::2], told[1::2]
        assert all(isinstance(fact, Started) for fact in begun)
        assert [fact.transaction for fact in begun] == [record.transaction_id for record in mine]
        assert [(f.transaction, f.reason, f.meter_wh) for f in ended if isinstance(f, Ended)] == [
            (record.transaction_id, record.stop_reason, record.meter_stop_wh) for record in mine
        ]


async def test_every_charge_while_offline_is_told_once_and_in_order_whenever_core_dies(
    tmp_path: Path, effort: Effort
) -> None:
    chance = random.Random(1663)  # noqa: S311 - moments, not secrets
    deaths, visits = effort(default=1, long=40), effort(default=30, long=3000)
    done = 0
    for death in range(deaths + 1):
        async with station_process(tmp_path) as process:
            entrance, station = await local_station(tmp_path)
            await station.change_settings(OFFLINE)
            await station.sim_speed(0)
            is_last = death == deaths
            call = -1 if is_last else chance.randint(1, 8 * visits // (deaths + 1))
            left = visits - done if is_last else visits
            done += await charge(station, Doomed(process, call=call, turns=chance.randint(0, 12)), left)
            with contextlib.suppress(TryLater):
                page = await station.records(RecordQuery(last=10_000, descending=False))
                with contextlib.closing(connect(tmp_path / DATABASE_FILE, read_only=True)) as link:
                    check(facts_of(link), page.records)
                    if is_last:
                        assert len(page.records) >= visits
            await entrance.close()
