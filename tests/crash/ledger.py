"""What the station has acknowledged, kept on this side, and compared with what it has in the end."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from core.api import LogQuery, Origin, PlugOutcome, RecordQuery, Station, Vehicle
from core.errors import LogInRefused, TryLater
from core.replay.report import ReplayReport
from core.values.records import ChargeRecord, RecordTotals, totals_of
from tests.crash.reaching import entrance, station

COUNTERS = ("publication.ftp.port", "publication.http.port")
"""Two settings that are always saved together, with the same number."""
PASSWORD_EVERY = 5
POWER_LOSS = "power_loss"


class Ledger:
    """Records, settings and passwords of one station that was told "done"; `tried` may be there or not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.records: dict[int, ChargeRecord] = {}
        self.opened: dict[int, str] = {}
        self.saved: list[int] = []
        self.tried = 0
        self.in_force: int | None = None
        """What both settings held when it was last known: acknowledged, or found after a death."""
        self.password = "USER"
        self.password_tried = ""
        self._recorded = asyncio.Event()

    def acknowledged(self, record: ChargeRecord) -> None:
        """The station has confirmed a record; never two of one number."""
        assert record.number not in self.records
        self.records[record.number] = record
        self._recorded.set()

    def watched(self, station: Station) -> Station:
        """The same station; every session that it says is open is noted."""
        return cast("Station", _Watched(station, self))

    async def keep_saving(self) -> None:
        """Save the next number after each record, and a password now and then, until cancelled."""
        at = await station(self._folder)
        while True:
            await self._recorded.wait()
            self._recorded.clear()
            self.tried += 1
            try:
                await at.change_settings(dict.fromkeys(COUNTERS, self.tried))
                self.saved.append(self.tried)
                self.in_force = self.tried
                if self.tried % PASSWORD_EVERY == 0:
                    self.password_tried = f"Garage-door-{self.tried}"
                    await at.change_password("user", self.password_tried)
                    self.password, self.password_tried = self.password_tried, ""
            except TryLater:
                at = await station(self._folder)
                await self.check_settings(at)

    async def check_settings(self, at: Station) -> None:
        """Both settings hold the same number: the last known, or the one under way at a death."""
        if self.tried:
            values = {view.key: view.value for view in await at.settings()}
            first, second = (values[key] for key in COUNTERS)
            assert first == second or not self.saved
            assert self.in_force is None or first in (self.in_force, self.tried)
            if first == second:
                self.in_force = cast("int", first)

    async def check_everything(self, report: ReplayReport | None = None) -> tuple[ChargeRecord, ...]:
        """Compare all of it with the station as it is now; give its records, oldest first."""
        at = await station(self._folder)
        await self.check_settings(at)
        await self._check_log(at)
        await self._check_password()
        page = await at.records(RecordQuery(last=5_000))
        found = tuple(reversed(page.records))
        assert len(found) == page.total
        assert page.totals == totals_of(found), "the running totals count each record once"
        assert sum(each.count for each in await self._by_badge(at, found)) == len(found)
        self._check_records(found)
        if report is not None:
            check_against_report(found, report)
        return found

    async def _by_badge(self, at: Station, found: Sequence[ChargeRecord]) -> list[RecordTotals]:
        badges = {record.uid for record in found}
        return [(await at.records(RecordQuery(last=0, badge=uid))).totals for uid in badges]

    async def _check_log(self, at: Station) -> None:
        entries = await at.log(LogQuery(last=10_000))
        noted = [
            int(entry.new or 0)
            for entry in entries
            if entry.action == "setting_changed" and entry.subject == COUNTERS[0]
        ]
        assert noted == sorted(set(noted)), "a change is in the log once, in order"
        assert set(self.saved) <= set(noted)
        assert set(noted) <= set(range(1, self.tried + 1))

    async def _check_password(self) -> None:
        door = await entrance(self._folder)
        try:
            await door.log_in("user", self.password, Origin(kind="ssh", address="::1"))
        except LogInRefused:
            assert self.password_tried, f"the password {self.password} was lost"
            await door.log_in("user", self.password_tried, Origin(kind="ssh", address="::1"))
        await door.close()

    def _check_records(self, found: tuple[ChargeRecord, ...]) -> None:
        assert [record.number for record in found] == list(range(1, len(found) + 1))
        by_number = {record.number: record for record in found}
        for number, record in self.records.items():
            assert by_number.get(number) == record
        assert len({record.transaction_id for record in found}) == len(found)
        uids = {record.transaction_id: record.uid for record in found}
        for transaction, uid in self.opened.items():
            assert uids.get(transaction) == uid, "a session that had begun has no record"
        assert len({(record.uid, record.start) for record in found}) == len(found), (
            "a session has two records"
        )
        for socket in (1, 2):
            meters = [(r.meter_start_wh, r.meter_stop_wh) for r in found if r.socket == socket]
            assert all(start <= stop for start, stop in meters)
            assert all(before[1] <= after[0] for before, after in itertools.pairwise(meters))
        for record in found:
            assert round(record.energy_kwh * 1000) == record.meter_stop_wh - record.meter_start_wh
            assert record.duration_s == (record.end - record.start).total_seconds() >= 0
            assert record.mean_power_w <= record.max_power_w + 1


class _Watched:
    """A station whose answers to `sim_plug` are noted in a ledger."""

    def __init__(self, station: Station, ledger: Ledger) -> None:
        self._station = station
        self._ledger = ledger

    def __getattr__(self, name: str) -> Any:
        return getattr(self._station, name)

    async def sim_plug(self, point: int, vehicle: Vehicle) -> PlugOutcome:
        outcome = await self._station.sim_plug(point, vehicle)
        if outcome.status.session is not None:
            self._ledger.opened[outcome.status.session.transaction_id] = outcome.status.session.uid
        return outcome


def check_against_report(found: tuple[ChargeRecord, ...], report: ReplayReport) -> None:
    """Every session was served or cut off; the energy of the served ones is what the driver has seen."""
    whole = [record for record in found if record.stop_reason == "vehicle_unplugged"]
    cut = [record for record in found if record.stop_reason == POWER_LOSS]
    assert len(whole) + len(cut) == len(found)
    assert len(whole) == report.served
    assert len(cut) <= report.interrupted
    assert report.refused == {}
    assert report.served + report.interrupted + sum(report.flawed.values()) == report.sessions
    assert report.off == 0
    assert sum(r.meter_stop_wh - r.meter_start_wh for r in whole) == report.delivered_wh
