"""Reads the charge records file back, as a strict receiver would."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import msgspec

from core.cdrs.csv_file import DECIMAL_SEPARATORS, FIELD_SEPARATORS, MORE_TITLES, TITLES
from core.cdrs.local_times import FORM
from core.spreadsheet import restored
from core.values.exports import DecimalSeparator, FieldSeparator


class NotRecords(ValueError):
    """The text is no charge records file; the message names the line."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the file, read back. Times are local and to the minute, as the file has them.

    What stands in our own columns is None for a file without them.
    """

    number: int
    station: str
    socket: int
    transaction_id: int
    uid: str
    charge_type: str
    start: datetime
    end: datetime
    energy_kwh: float
    socket_type: str
    duration_s: int
    comment: str
    stop_reason: str | None = None
    meter_start_wh: int | None = None
    meter_stop_wh: int | None = None
    mean_power_w: int | None = None
    max_power_w: int | None = None
    phases: int | None = None


def parse(
    text: str, *, field_separator: FieldSeparator = "semicolon", decimal_separator: DecimalSeparator = "comma"
) -> tuple[Line, ...]:
    """Read a file back. Raises NotRecords, naming the line, for anything else than such a file."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=FIELD_SEPARATORS[field_separator])
    try:
        titles = tuple(next(rows, ()))
        if titles not in (TITLES, TITLES + MORE_TITLES):
            raise NotRecords("Line 1: the column titles are not those of a charge records file")
        decimal = DECIMAL_SEPARATORS[decimal_separator]
        return tuple(_line(row, len(titles), rows.line_num, decimal) for row in rows)
    except csv.Error as error:
        raise NotRecords(f"Line {rows.line_num}: {error}") from None


def _line(row: list[str], width: int, number: int, decimal: str) -> Line:
    if len(row) != width:
        raise NotRecords(f"Line {number}: not a charge record")
    try:
        hours, minutes, seconds = map(int, row[10].split(":"))
        line = Line(
            number=int(row[0]),
            station=restored(row[1]),
            socket=int(row[2]),
            transaction_id=int(row[3]),
            uid=restored(row[4]),
            charge_type=restored(row[5]),
            start=_local(row[6]),
            end=_local(row[7]),
            energy_kwh=float(row[8].replace(decimal, ".")),
            socket_type=restored(row[9]),
            duration_s=hours * 3600 + minutes * 60 + seconds,
            comment=restored(row[11]),
        )
        return _with_more(line, row[len(TITLES) :]) if width > len(TITLES) else line
    except ValueError:
        raise NotRecords(f"Line {number}: not a charge record") from None


def _with_more(line: Line, cells: list[str]) -> Line:
    stopped, *figures = cells
    start, stop, mean, highest, phases = map(int, figures)
    return msgspec.structs.replace(
        line,
        stop_reason=restored(stopped),
        meter_start_wh=start,
        meter_stop_wh=stop,
        mean_power_w=mean,
        max_power_w=highest,
        phases=phases,
    )


def _local(text: str) -> datetime:
    return datetime.strptime(text, FORM).replace(tzinfo=UTC).replace(tzinfo=None)
