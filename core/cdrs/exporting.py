"""The records file in portions: each asks the database anew, so that a million take little memory."""

from __future__ import annotations

import sqlite3
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.cdrs import csv_file, finding
from core.cdrs.csv_file import CsvForm
from core.cdrs.table import COLUMNS, FROM
from core.errors import Invalid
from core.values.exports import ExportPart, ExportPlace, RecordExport
from core.values.records import RecordQuery

PART_ROWS = 1000


def first_part(link: sqlite3.Connection, request: RecordExport, form: CsvForm) -> ExportPart:
    """The titles and the first records. Raises Invalid."""
    if request.last is not None and request.last < 0:
        raise Invalid("Ask for 0 records or more.")
    found = finding.count(link, _query(request))
    count = found if request.last is None else min(found, request.last)
    begin = ExportPlace(
        number=0,
        done=0,
        count=count,
        zone=form.zone.key,
        field_separator=form.field_separator,
        decimal_separator=form.decimal_separator,
    )
    return _part(link, request, begin, csv_file.title_line(_form(request, begin)))


def next_part(link: sqlite3.Connection, request: RecordExport, place: ExportPlace) -> ExportPart:
    """What follows. Raises Invalid for a place that no export has been at."""
    if not (0 < place.done <= place.count and 0 < place.number < 2**63):
        raise Invalid("No export has come to this place.")
    return _part(link, request, place, "")


def numbered_file(link: sqlite3.Connection, first: int, last: int, form: CsvForm) -> str:
    """The whole file of the records with these numbers, both included, newest first; for a publication."""
    rows = link.execute(
        f"SELECT {COLUMNS} {FROM} WHERE r.number BETWEEN ? AND ? ORDER BY r.number DESC", (first, last)
    )
    return csv_file.title_line(form) + csv_file.row_lines(rows, form)


def _part(link: sqlite3.Connection, request: RecordExport, place: ExportPlace, before: str) -> ExportPart:
    last = min(PART_ROWS, place.count - place.done)
    after = place.number if place.done else None
    rows = finding.page_rows(link, _query(request, last=last, after=after))
    text = before + csv_file.row_lines(rows, _form(request, place))
    done = place.done + len(rows)
    is_end = len(rows) < last or done >= place.count
    return ExportPart(
        text=text,
        done=done,
        count=place.count,
        place=None
        if is_end
        else ExportPlace(
            number=rows[-1][0],
            done=done,
            count=place.count,
            zone=place.zone,
            field_separator=place.field_separator,
            decimal_separator=place.decimal_separator,
        ),
    )


def _query(request: RecordExport, *, last: int = 0, after: int | None = None) -> RecordQuery:
    return RecordQuery(
        last=last,
        after=after,
        find=request.find,
        since=request.since,
        until=request.until,
        point=request.point,
        badge=request.badge,
    )


def _form(request: RecordExport, place: ExportPlace) -> CsvForm:
    try:
        zone = ZoneInfo(place.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("There is no zone {zone}.", zone=place.zone) from None
    return CsvForm(
        zone=zone,
        field_separator=place.field_separator,
        decimal_separator=place.decimal_separator,
        more_columns=request.more_columns,
    )
