"""The calls on charge data records, through a session of a running station."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.api import ExportPart, LogQuery, RecordExport, RecordQuery, Station
from core.cdrs import table
from core.errors import Invalid, NotFound
from core.station import StationCore
from tests.core.cdrs.csv_reader import parse
from tests.core.cdrs.test_finding import EVERY
from tests.stations import NOON, log_in, running_station


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[StationCore]:
    async with running_station("parking-2", tmp_path) as core:
        await core.parts.storage.write(lambda link: [table.append(link, each) for each in EVERY[:50]])
        yield core


async def whole_file(station: Station, request: RecordExport) -> list[ExportPart]:
    parts = [await station.export_records(request)]
    while (place := parts[-1].place) is not None:
        parts.append(await station.export_records(request, place))
    return parts


@pytest.mark.parametrize("account", ["admin", "user", "local"])
async def test_every_account_finds_and_exports_records(core: StationCore, account: str) -> None:
    station = await log_in(core, account)
    page = await station.records(RecordQuery(badge="AAAA01", sort="energy", last=3))
    assert [each.energy_kwh for each in page.records] == sorted(
        (each.energy_kwh for each in EVERY[:50] if each.uid == "AAAA01"), reverse=True
    )[:3]
    (part,) = await whole_file(station, RecordExport(last=7))
    assert [line.number for line in parse(part.text)] == list(range(50, 43, -1))


async def test_the_file_has_the_separators_of_publication_and_the_stations_zone(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_settings(
        {
            "publication.field_separator": "tab",
            "publication.decimal_separator": "dot",
            "time.zone": "Asia/Kathmandu",
        }
    )
    (part,) = await whole_file(admin, RecordExport(last=1))
    (line,) = parse(part.text, field_separator="tab", decimal_separator="dot")
    assert line.energy_kwh == EVERY[49].energy_kwh
    assert line.start == (EVERY[49].start + timedelta(hours=5, minutes=45)).replace(tzinfo=None)


async def test_an_export_is_logged_once_with_how_much_it_took(core: StationCore) -> None:
    user = await log_in(core, "user")
    await whole_file(user, RecordExport(last=None, since=EVERY[10].start))
    await core.parts.storage.flush()
    taken = [each for each in await user.log(LogQuery()) if each.action == "records_exported"]
    assert [(each.account, each.subject.split()[1]) for each in taken] == [("user", "records")]


async def test_days_are_those_of_the_stations_zone(core: StationCore) -> None:
    admin = await log_in(core)
    await admin.change_settings({"time.zone": "Pacific/Kiritimati"})
    since = datetime(2026, 3, 27, 10, tzinfo=UTC)
    days = await admin.record_days(RecordQuery(since=since, until=since + timedelta(days=4)))
    assert [each.day for each in days] == [date(2026, 3, 28) + timedelta(days=more) for more in range(4)]
    assert sum(each.count for each in days) == len(
        [each for each in EVERY[:50] if since <= each.start < since + timedelta(days=4)]
    )
    assert len(await admin.record_days(RecordQuery())) == 30


@pytest.mark.parametrize(
    "query",
    [
        RecordQuery(last=-1),
        RecordQuery(last=10_001),
        RecordQuery(after=2**63),
        RecordQuery(point=-(2**70)),
        RecordQuery(since=datetime(2026, 1, 1)),  # noqa: DTZ001 - what is refused
    ],
)
async def test_what_makes_no_sense_is_refused(core: StationCore, query: RecordQuery) -> None:
    station = await log_in(core)
    with pytest.raises(Invalid):
        await station.records(query)


async def test_a_record_that_there_is_not_is_not_found(core: StationCore) -> None:
    station = await log_in(core)
    for number in (0, 51, -1, 2**70):
        with pytest.raises(NotFound):
            await station.record(number)
    with pytest.raises(NotFound):
        await station.records(RecordQuery(sort="start", after=51))


async def test_nothing_is_found_before_the_first_record(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core)
        for query in (RecordQuery(), RecordQuery(until=NOON, find="5", badge="AA", point=1, sort="badge")):
            page = await station.records(query)
            assert (page.records, page.found, page.total, page.totals.energy_kwh) == ((), 0, 0, 0.0)
        (part,) = await whole_file(station, RecordExport())
        assert (part.count, parse(part.text)) == (0, ())
