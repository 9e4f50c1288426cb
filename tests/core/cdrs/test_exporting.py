"""The records file in portions."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from core.cdrs import exporting, table
from core.cdrs.csv_file import CsvForm, lines, title_line
from core.database import DATABASE_FILE
from core.errors import Invalid
from core.values.exports import ExportPart, RecordExport
from tests.core.cdrs.csv_reader import parse
from tests.core.cdrs.test_finding import BEGIN, EVERY, matches
from tests.core.publication.publisher import charge
from tests.stations import log_in, running_station

FORM = CsvForm(zone=ZoneInfo("Europe/Oslo"), field_separator="comma", decimal_separator="dot")
LONGEST_TURN = 10.0
"""s that the station may write or read by itself before it counts as held up."""


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    monkeypatch.setattr(exporting, "PART_ROWS", 20)
    link = sqlite3.connect(":memory:")
    link.executescript(table.SCHEMA)
    for each in EVERY[:200]:
        table.append(link, each)
    yield link
    link.close()


def parts(link: sqlite3.Connection, request: RecordExport) -> Iterator[ExportPart]:
    part = exporting.first_part(link, request, FORM)
    yield part
    while part.place is not None:
        part = exporting.next_part(link, request, part.place)
        yield part


def numbers(text: str) -> list[int]:
    return [line.number for line in parse(text, field_separator="comma", decimal_separator="dot")]


def test_portions_make_the_same_file_as_one_piece(link: sqlite3.Connection) -> None:
    found = list(parts(link, RecordExport(last=None)))
    assert "".join(part.text for part in found) == title_line(FORM) + lines(EVERY[199::-1], FORM)
    assert [part.done for part in found] == list(range(20, 201, 20))
    assert {part.count for part in found} == {200}


def test_our_own_columns_are_in_every_portion(link: sqlite3.Connection) -> None:
    text = "".join(part.text for part in parts(link, RecordExport(last=50, more_columns=True)))
    found = parse(text, field_separator="comma", decimal_separator="dot")
    assert [line.meter_stop_wh for line in found] == [12346] * 50


@pytest.mark.parametrize("last", [0, 1, 19, 20, 21, 150, 200, 3000])
def test_the_newest_are_exported_so_many_as_asked(link: sqlite3.Connection, last: int) -> None:
    text = "".join(part.text for part in parts(link, RecordExport(last=last)))
    assert numbers(text) == list(range(200, 0, -1))[:last]


@pytest.mark.parametrize(
    "request_",
    [
        RecordExport(badge="AAAA01"),
        RecordExport(find="17", last=None),
        RecordExport(point=2, last=30),
        RecordExport(since=BEGIN + timedelta(days=10), until=BEGIN + timedelta(days=30), last=None),
        RecordExport(badge="nobody"),
    ],
)
def test_only_what_matches_is_exported(link: sqlite3.Connection, request_: RecordExport) -> None:
    text = "".join(part.text for part in parts(link, request_))
    wanted = [each.number for each in EVERY[199::-1] if matches(each, request_)]
    assert numbers(text) == wanted[: request_.last]
    assert text.startswith(title_line(FORM))


def test_a_record_that_arrives_meanwhile_is_neither_doubled_nor_shifts_others(
    link: sqlite3.Connection,
) -> None:
    text = ""
    for count, part in enumerate(parts(link, RecordExport(last=100))):
        text += part.text
        table.append(link, EVERY[200 + count])
    assert numbers(text) == list(range(200, 100, -1))


def checkpoint(file: Path) -> tuple[int, int, int]:
    """Bring everything into the database file, after what others write or read just now."""
    with closing(sqlite3.connect(file, timeout=LONGEST_TURN)) as other:
        was_held_up, pages, written_back = other.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    return was_held_up, pages, written_back


async def test_whoever_stops_reading_holds_nothing_in_the_database_up(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        station = await log_in(core)
        await charge(core, exporting.PART_ROWS + 1)
        part = await station.export_records(RecordExport(last=None))
        assert part.place is not None
        await charge(core, 1)
        was_held_up, pages, written_back = await asyncio.to_thread(checkpoint, tmp_path / DATABASE_FILE)
        assert (was_held_up, written_back) == (0, pages)
        assert (await station.export_records(RecordExport(last=None), part.place)).place is None


def test_a_file_keeps_the_form_that_it_began_with(link: sqlite3.Connection) -> None:
    part = exporting.first_part(link, RecordExport(), FORM)
    assert part.place is not None
    assert (part.place.zone, part.place.field_separator, part.place.decimal_separator) == (
        "Europe/Oslo",
        "comma",
        "dot",
    )


@pytest.mark.parametrize(
    "wrong", [{"zone": "../etc/passwd"}, {"zone": "No/Where"}, {"done": 999}, {"done": 0}]
)
def test_a_place_that_no_export_came_to_is_refused(
    link: sqlite3.Connection, wrong: dict[str, object]
) -> None:
    place = exporting.first_part(link, RecordExport(), FORM).place
    assert place is not None
    with pytest.raises(Invalid):
        exporting.next_part(link, RecordExport(), msgspec.structs.replace(place, **wrong))


def test_less_than_no_record_is_refused(link: sqlite3.Connection) -> None:
    with pytest.raises(Invalid, match="0 records or more"):
        exporting.first_part(link, RecordExport(last=-1), FORM)


def test_a_publication_takes_records_by_their_numbers(link: sqlite3.Connection) -> None:
    text = exporting.numbered_file(link, 5, 9, FORM)
    assert text == title_line(FORM) + lines(EVERY[8:3:-1], FORM)
