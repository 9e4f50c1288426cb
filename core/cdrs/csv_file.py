"""The charge records file: the guide's twelve columns as text that a spreadsheet opens and does not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from core.errors import Invalid
from core.spreadsheet import defused, restored
from core.values.exports import DecimalSeparator, FieldSeparator
from core.values.records import ChargeRecord

TITLES: tuple[str, ...] = (
    "Charge number",
    "Charging station",
    "Socket ID",
    "Transaction ID",
    "UID",
    "Type of charge",
    "Start time",
    "End time",
    "Energy (kWh)",
    "Socket Type",
    "Duration",
    "Comment",
)

FIELD_SEPARATORS: Mapping[FieldSeparator, str] = {"semicolon": ";", "comma": ",", "tab": "\t"}
DECIMAL_SEPARATORS: Mapping[DecimalSeparator, str] = {"comma": ",", "dot": "."}

MORE_TITLES: tuple[str, ...] = (
    "Stopped by",
    "Meter start (Wh)",
    "Meter stop (Wh)",
    "Mean power (W)",
    "Maximum power (W)",
    "Phases",
)
"""Ours, behind the guide's twelve, only where they are asked for."""

_TIME = "%Y-%m-%d %H:%M"


class CsvForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is written: the zone of its times, its separators, whether with our own columns."""

    zone: ZoneInfo
    field_separator: FieldSeparator = "semicolon"
    decimal_separator: DecimalSeparator = "comma"
    more_columns: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        return TITLES + MORE_TITLES if self.more_columns else TITLES


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


def title_line(form: CsvForm) -> str:
    """The first line of a file."""
    return _text([form.titles], form)


def lines(records: Iterable[ChargeRecord], form: CsvForm) -> str:
    """One line for each record, in their order."""
    return _text((_cells(record, form) for record in records), form)


def parse(
    text: str, *, field_separator: FieldSeparator = "semicolon", decimal_separator: DecimalSeparator = "comma"
) -> tuple[Line, ...]:
    """Read a file back. Raises Invalid, naming the line, for anything else than such a file."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=FIELD_SEPARATORS[field_separator])
    try:
        titles = tuple(next(rows, ()))
        if titles not in (TITLES, TITLES + MORE_TITLES):
            raise Invalid("Line 1: the column titles are not those of a charge records file")
        decimal = DECIMAL_SEPARATORS[decimal_separator]
        return tuple(_line(row, len(titles), rows.line_num, decimal) for row in rows)
    except csv.Error as error:
        raise Invalid("Line {line}: {what}", line=rows.line_num, what=error) from None


def duration_text(seconds: int) -> str:
    """`HH:MM:SS`; more than two digits of hours after 99 of them."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _text(rows: Iterable[tuple[str, ...]], form: CsvForm) -> str:
    text = io.StringIO()
    separator = FIELD_SEPARATORS[form.field_separator]
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _cells(record: ChargeRecord, form: CsvForm) -> tuple[str, ...]:
    cells = (
        str(record.number),
        defused(record.station),
        str(record.socket),
        str(record.transaction_id),
        defused(record.uid),
        defused(record.charge_type),
        record.start.astimezone(form.zone).strftime(_TIME),
        record.end.astimezone(form.zone).strftime(_TIME),
        f"{record.energy_kwh:.3f}".replace(".", DECIMAL_SEPARATORS[form.decimal_separator]),
        defused(record.socket_type),
        duration_text(record.duration_s),
        defused(record.comment),
    )
    return (*cells, *_more_cells(record)) if form.more_columns else cells


def _more_cells(record: ChargeRecord) -> tuple[str, ...]:
    return (
        defused(record.stop_reason),
        str(record.meter_start_wh),
        str(record.meter_stop_wh),
        str(record.mean_power_w),
        str(record.max_power_w),
        str(record.phases),
    )


def _line(row: list[str], width: int, number: int, decimal: str) -> Line:
    if len(row) != width:
        raise Invalid("Line {line}: not a charge record", line=number)
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
        raise Invalid("Line {line}: not a charge record", line=number) from None


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
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC).replace(tzinfo=None)
