"""Drives a station through real sessions on its simulated clock: badge, plug, charge, unplug."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from core.api import Station
from core.errors import Busy, TryLater
from core.replay.plan import Moment, Stay, moments, stays
from core.replay.report import ReplayReport, Tally
from core.replay.trondheim import RealSession
from core.values.records import ChargeRecord, RecordQuery
from core.values.simulation import Vehicle
from core.values.status import ChargePointStatus

NO_LEAVE = "the station did not let it charge"
OCCUPIED = "the charge point was occupied"
STEP_BACK = timedelta(seconds=1)

Reconnect = Callable[[], Awaitable[Station]]
Acknowledged = Callable[[ChargeRecord], None]


async def replay(
    station: Station,
    sessions: Mapping[int, Iterable[RealSession]],
    *,
    reconnect: Reconnect | None = None,
    acknowledged: Acknowledged | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ReplayReport:
    """Replay the sessions of one user a charge point, interleaved by time; then the present comes back.

    `reconnect` gives the station back after its link was lost (None: TryLater is raised on).
    `acknowledged` is told every record that the station has confirmed; `progress` the sessions done,
    of how many. Raises what the station refuses otherwise, such as NotAllowed without simulated hardware.
    """
    by_point = {point: tuple(each) for point, each in sessions.items()}
    tally = Tally()
    tally.total(sum(map(len, by_point.values())))
    planned = {point: stays(point, each, tally) for point, each in by_point.items()}
    drive = _Drive(station, tally, reconnect, acknowledged)
    total, done = sum(map(len, planned.values())), 0
    try:
        for moment in moments(planned):
            await drive.go_on(moment)
            if not moment.arrives:
                done += 1
                if progress is not None:
                    progress(done, total)
    finally:
        await drive.return_to_present()
    return tally.report


class _Drive:
    """The replay under way: which stays are plugged in, and where its clock is."""

    def __init__(
        self, station: Station, tally: Tally, reconnect: Reconnect | None, acknowledged: Acknowledged | None
    ) -> None:
        self._station = station
        self._tally = tally
        self._reconnect = reconnect
        self._acknowledged = acknowledged
        self._plugged: dict[int, tuple[Stay, int]] = {}
        self._now: datetime | None = None
        self._earlier = 0

    async def go_on(self, moment: Moment) -> None:
        """Let the time of a moment come, and do what happens then."""
        while True:
            arriving = False
            try:
                await self._advance(moment.at)
                if moment.arrives:
                    arriving = True
                    await self._arrive(moment.stay)
                else:
                    await self._leave(moment.stay)
                return
            except TryLater:
                if self._reconnect is None:
                    raise
            await self._take_up(self._reconnect)
            if arriving:
                # A badge that is presented twice would end the charge: an arrival is not tried again.
                return

    async def return_to_present(self) -> None:
        """Leave no vehicle behind, and let the clock run as usual."""
        try:
            await self._station.sim_advance(datetime.now(UTC), step=True)
            await self._station.sim_speed(1)
        except TryLater:
            return

    async def _advance(self, to: datetime) -> None:
        if self._now is None:
            await self._station.sim_speed(0)
            page = await self._station.records(RecordQuery(last=1))
            self._earlier = max((record.number for record in page.records), default=0)
            await self._station.sim_advance(to, step=True)
        elif to > self._now:
            await self._station.sim_advance(to)
        self._now = to

    async def _arrive(self, stay: Stay) -> None:
        self._plugged[stay.point] = (stay, 0)
        try:
            await self._station.sim_badge(stay.uid, stay.point)
            outcome = await self._station.sim_plug(stay.point, Vehicle(energy_wh=stay.energy_wh))
        except Busy:
            del self._plugged[stay.point]
            self._tally.refused(OCCUPIED)
            return
        self._plugged[stay.point] = (stay, outcome.status.power_w)

    async def _leave(self, stay: Stay) -> None:
        if stay.point not in self._plugged:
            return
        outcome = await self._station.sim_unplug(stay.point)
        _, power = self._plugged.pop(stay.point)
        if outcome.record is None:
            self._tally.refused(NO_LEAVE)
        else:
            self._served(stay, power, outcome.record)

    def _served(self, stay: Stay, power: int, record: ChargeRecord) -> None:
        hours = (stay.end - stay.start).total_seconds() / 3600
        delivered = record.meter_stop_wh - record.meter_start_wh
        self._tally.served(
            asked_wh=stay.energy_wh, delivered_wh=delivered, fits=stay.energy_wh <= power * hours
        )
        if self._acknowledged is not None:
            self._acknowledged(record)

    async def _take_up(self, reconnect: Reconnect) -> None:
        """The link was lost, perhaps with the station: find out what became of what was plugged in."""
        while True:
            self._station = await reconnect()
            try:
                await self._station.sim_speed(0)
                status = await self._station.status()
                if self._now is not None and abs(status.station.time - self._now) > STEP_BACK:
                    await self._station.sim_advance(self._now, step=True)
                for point in status.charge_points:
                    await self._take_up_point(point)
                return
            except TryLater:
                continue

    async def _take_up_point(self, status: ChargePointStatus) -> None:
        stay, power = self._plugged.get(status.point, (None, 0))
        if stay is None or (status.session is not None and status.session.uid in {stay.uid, ""}):
            return
        record = await self._record_of(stay)
        await self._station.sim_unplug(status.point)
        del self._plugged[status.point]
        if record is not None and record.stop_reason == "vehicle_unplugged":
            self._served(stay, power, record)
        else:
            self._tally.interrupted()

    async def _record_of(self, stay: Stay) -> ChargeRecord | None:
        """The record of a stay, if the station has stored it."""
        query = RecordQuery(since=stay.start, until=stay.start + STEP_BACK)
        page = await self._station.records(query)
        mine = (record for record in page.records if record.socket == stay.point)
        return next((record for record in mine if record.number > self._earlier), None)
