"""The charge records file: the guide's twelve columns as text that a spreadsheet opens and does not run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

import msgspec

from core.cdrs.local_times import LocalTimes
from core.cdrs.table import Row, row_of
from core.spreadsheet import defused
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


class CsvForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is written: the zone of its times, its separators, whether with our own columns."""

    zone: ZoneInfo
    field_separator: FieldSeparator = "semicolon"
    decimal_separator: DecimalSeparator = "comma"
    more_columns: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        return TITLES + MORE_TITLES if self.more_columns else TITLES


def title_line(form: CsvForm) -> str:
    """The first line of a file."""
    return FIELD_SEPARATORS[form.field_separator].join(form.titles) + "\r\n"


def lines(records: Iterable[ChargeRecord], form: CsvForm) -> str:
    """One line for each record, in their order."""
    return row_lines(map(row_of, records), form)


def row_lines(rows: Iterable[Row], form: CsvForm) -> str:
    """One line for each row of a record, in their order."""
    separator = FIELD_SEPARATORS[form.field_separator]
    decimal = DECIMAL_SEPARATORS[form.decimal_separator]
    quote = '"' if decimal == separator else ""
    time, cell = LocalTimes(form.zone).text, _Cells(separator)
    written = []
    for row in rows:
        cells = [
            str(row[0]),
            cell[row[1]],
            str(row[2]),
            str(row[3]),
            cell[row[4]],
            cell[row[5]],
            time(row[6]),
            time(row[7]),
            f"{quote}{_energy(row[8], decimal)}{quote}",
            cell[row[9]],
            duration_text(row[10]),
            cell[row[11]],
        ]
        if form.more_columns:
            cells += (cell[row[12]], *map(str, row[13:]))
        written.append(separator.join(cells))
    return "\r\n".join((*written, ""))


def duration_text(seconds: int) -> str:
    """`HH:MM:SS`; more than two digits of hours after 99 of them."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _energy(energy_wh: int, decimal: str) -> str:
    """Energy in kWh with three decimals."""
    sign = "-" if energy_wh < 0 else ""
    whole, thousandths = divmod(abs(energy_wh), 1000)
    return f"{sign}{whole}{decimal}{thousandths:03d}"


class _Cells(dict[str, str]):
    """Texts as cells, defused and quoted as csv does it; most of them come again and again."""

    def __init__(self, separator: str) -> None:
        self._special = re.compile(f'[{separator}"\r\n]')

    def __missing__(self, text: str) -> str:
        cell = defused(text)
        if self._special.search(cell):
            cell = '"' + cell.replace('"', '""') + '"'
        self[text] = cell
        return cell
