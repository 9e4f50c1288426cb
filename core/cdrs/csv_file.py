"""The charge records file: the guide's twelve columns as text that a spreadsheet opens and does not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

import msgspec

from core.errors import Invalid
from core.spreadsheet import defused, restored
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

FieldSeparator = Literal["semicolon", "comma", "tab"]
DecimalSeparator = Literal["comma", "dot"]

FIELD_SEPARATORS: Mapping[str, str] = {"semicolon": ";", "comma": ",", "tab": "\t"}
DECIMAL_SEPARATORS: Mapping[str, str] = {"comma": ",", "dot": "."}

CHUNK_ROWS = 200

_TIME = "%Y-%m-%d %H:%M"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the file, read back. Times are local and to the minute, as the file has them."""

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


def text_chunks(
    records: Iterable[ChargeRecord],
    *,
    zone: tzinfo,
    field_separator: str = "semicolon",
    decimal_separator: str = "comma",
) -> Iterator[str]:
    """The file in pieces of some hundred lines; records come in the order in which they shall stand."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=FIELD_SEPARATORS[field_separator], lineterminator="\r\n")
    lines.writerow(TITLES)
    for count, record in enumerate(records, 1):
        lines.writerow(_cells(record, zone, DECIMAL_SEPARATORS[decimal_separator]))
        if count % CHUNK_ROWS == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def parse(
    text: str, *, field_separator: str = "semicolon", decimal_separator: str = "comma"
) -> tuple[Line, ...]:
    """Read a file back. Raises Invalid, naming the line, for anything else than such a file."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=FIELD_SEPARATORS[field_separator])
    try:
        if tuple(next(rows, ())) != TITLES:
            raise Invalid("Line 1: the column titles are not those of a charge records file")
        return tuple(_line(row, rows.line_num, DECIMAL_SEPARATORS[decimal_separator]) for row in rows)
    except csv.Error as error:
        raise Invalid("Line {line}: {what}", line=rows.line_num, what=error) from None


def duration_text(seconds: int) -> str:
    """`HH:MM:SS`; more than two digits of hours after 99 of them."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _cells(record: ChargeRecord, zone: tzinfo, decimal: str) -> tuple[str, ...]:
    return (
        str(record.number),
        defused(record.station),
        str(record.socket),
        str(record.transaction_id),
        defused(record.uid),
        record.charge_type,
        record.start.astimezone(zone).strftime(_TIME),
        record.end.astimezone(zone).strftime(_TIME),
        f"{record.energy_kwh:.3f}".replace(".", decimal),
        record.socket_type,
        duration_text(record.duration_s),
        defused(record.comment),
    )


def _line(row: list[str], number: int, decimal: str) -> Line:
    try:
        (
            charge,
            station,
            socket,
            transaction,
            uid,
            charge_type,
            start,
            end,
            energy,
            kind,
            duration,
            comment,
        ) = row
        hours, minutes, seconds = (int(part) for part in duration.split(":"))
        return Line(
            number=int(charge),
            station=restored(station),
            socket=int(socket),
            transaction_id=int(transaction),
            uid=restored(uid),
            charge_type=charge_type,
            start=_local(start),
            end=_local(end),
            energy_kwh=float(energy.replace(decimal, ".")),
            socket_type=kind,
            duration_s=int(timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds()),
            comment=restored(comment),
        )
    except ValueError:
        raise Invalid("Line {line}: not a charge record", line=number) from None


def _local(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC).replace(tzinfo=None)
