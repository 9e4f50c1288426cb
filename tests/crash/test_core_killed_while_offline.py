"""Core dies again and again while its supervision cannot be reached: each charge is told once, in order.

A message that was on its way at a death is said again with the same id and the same words.
"""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.api import RecordQuery, Station, Vehicle
from core.database import DATABASE_FILE, connect
from core.errors import TryLater
from core.transactions.facts import AnyFact, Ended, Sampled, Started
from core.values.records import ChargeRecord
from tests.core.test_kill import Doomed, Killed
from tests.core.test_process import local_station, station_process
from tests.effort import Effort
from tests.peers.central import CentralProcess, CentralSystem, central_system

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
            await doomed.do(station.sim_advance(now + timedelta(minutes=5)))
            await doomed.do(station.sim_unplug(point))
        except (Killed, TryLater):
            return done
    return visits


async def deadly(folder: Path, *, deaths: int, visits: int) -> int:
    """Visits that are cut off by so many deaths; how many were served whole."""
    chance = random.Random(1663)  # noqa: S311 - moments, not secrets
    done = 0
    for _death in range(deaths):
        async with station_process(folder) as process:
            entrance, station = await local_station(folder)
            await station.change_settings(OFFLINE)
            await station.sim_speed(0)
            call = chance.randint(1, 8 * visits // (deaths + 1))
            done += await charge(station, Doomed(process, call=call, turns=chance.randint(0, 12)), visits)
            await entrance.close()
    return done


async def records(station: Station) -> tuple[ChargeRecord, ...]:
    return (await station.records(RecordQuery(last=10_000, descending=False))).records


def facts_of(folder: Path) -> list[AnyFact]:
    link: sqlite3.Connection
    with contextlib.closing(connect(folder / DATABASE_FILE, read_only=True)) as link:
        rows = link.execute("SELECT fact FROM transaction_facts ORDER BY number").fetchall()
    return [msgspec.json.decode(text, type=AnyFact) for (text,) in rows]


def check_facts(facts: Sequence[AnyFact], found: Sequence[ChargeRecord]) -> None:
    """Every record is told by one beginning and one end, of every charge point in its order."""
    for point in (1, 2):
        mine = [record for record in found if record.socket == point]
        told = [fact for fact in facts if fact.point == point and not isinstance(fact, Sampled)]
        begun, ended = told[::2], told[1::2]
        assert all(isinstance(fact, Started) for fact in begun)
        assert [fact.transaction for fact in begun] == [record.transaction_id for record in mine]
        assert [(f.transaction, f.reason, f.meter_wh) for f in ended if isinstance(f, Ended)] == [
            (record.transaction_id, record.stop_reason, record.meter_stop_wh) for record in mine
        ]


class Told:
    """What a central system heard of charges; what is said again as the same message is heard once."""

    def __init__(self, central: CentralSystem) -> None:
        self._central = central
        self._ids: dict[str, int] = {}
        self.stops: set[int] = set()
        central.answers["StartTransaction"] = self._start
        central.answers["StopTransaction"] = self._stop

    def _start(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same words are the same charge."""
        words = json.dumps(payload, sort_keys=True)
        number = self._ids.setdefault(words, 9000 + len(self._ids))
        return {"transactionId": number, "idTagInfo": {"status": "Accepted"}}

    def _stop(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        self.stops.add(payload["transactionId"])
        return {}

    def has_heard(self, stops: int) -> bool:
        return len(self.stops) >= stops

    def calls(self, *actions: str) -> list[tuple[str, Mapping[str, Any]]]:
        found: dict[str, tuple[str, Mapping[str, Any]]] = {}
        for fact in self._central.of("message"):
            if not fact["outbound"] and fact["message"].startswith("[2,"):
                _kind, name, action, payload = json.loads(fact["message"])
                if action in actions:
                    assert found.setdefault(name, (action, payload)) == (action, payload)
        return list(found.values())


def check_told(told: Told, begun: Sequence[Started], found: Mapping[int, ChargeRecord]) -> None:
    """The central system heard each charge once, under one number, with the meter of its record.

    `begun` are the charges in their order, `found` the records by the station's own numbers of them.
    """
    calls = told.calls("StartTransaction", "StopTransaction")
    starts = [payload for action, payload in calls if action == "StartTransaction"]
    assert [(each["connectorId"], each["meterStart"]) for each in starts] == [
        (fact.point, fact.meter_wh) for fact in begun
    ]
    named = {fact.transaction: 9000 + number for number, fact in enumerate(begun)}
    assert {own: record.transaction_id for own, record in found.items()} == named
    meters = {record.transaction_id: record.meter_stop_wh for record in found.values()}
    stops = [payload for action, payload in calls if action == "StopTransaction"]
    assert len(stops) == len(meters)
    assert {each["transactionId"]: each["meterStop"] for each in stops} == meters


@pytest.mark.peer("node", "ocpp-rpc")
async def test_every_charge_while_offline_is_told_once_and_in_order_whenever_core_dies(
    tmp_path: Path, effort: Effort, central_process: CentralProcess
) -> None:
    visits, patience = effort(default=30, long=3000), effort(default=20.0, long=500.0)
    done = await deadly(tmp_path, deaths=effort(default=1, long=40), visits=visits)
    async with central_system(central_process) as central:
        told = Told(central)
        online = {"supervision.primary_url": central.url, "supervision.identity": central.identity}
        async with station_process(tmp_path) as core:
            entrance, station = await local_station(tmp_path)
            await station.change_settings(OFFLINE)
            await station.sim_speed(0)
            await charge(station, Doomed(core, call=-1, turns=0), visits - done)
            found = await records(station)
            own_numbers = {record.number: record.transaction_id for record in found}
            facts = facts_of(tmp_path)
            assert len(found) >= visits
            check_facts(facts, found)
            await station.change_settings(online)
            await central.until(partial(told.has_heard, 1), patience=patience)
            core.kill()
            await entrance.close()
        parts = effort(default=1, long=15)
        for part in range(1, parts):
            async with station_process(tmp_path) as core:
                await central.until(partial(told.has_heard, part * visits // parts), patience=patience)
                core.kill()
        async with station_process(tmp_path):
            entrance, station = await local_station(tmp_path)
            await central.until(partial(told.has_heard, len(found)), patience=patience)
            named = {own_numbers[record.number]: record for record in await records(station)}
            check_told(told, [fact for fact in facts if isinstance(fact, Started)], named)
            await entrance.close()
