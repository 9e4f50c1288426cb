"""The parcel that is sent, written down from what was fixed: the same however often it is made."""

from __future__ import annotations

import sqlite3
from zoneinfo import ZoneInfo

from core.cdrs.csv_file import CsvForm
from core.cdrs.exporting import numbered_file
from core.publication.parcel import Parcel
from core.publication.table import Fixed


def parcel_of(link: sqlite3.Connection, fixed: Fixed, station: str) -> Parcel:
    """Write a parcel down; `station` is the station's name for people."""
    form = CsvForm(
        zone=ZoneInfo(fixed.form.zone),
        field_separator=fixed.form.field_separator,
        decimal_separator=fixed.form.decimal_separator,
    )
    return Parcel(
        name=fixed.name,
        content=numbered_file(link, fixed.first, fixed.last, form).encode(),
        station=station,
        period=fixed.period,
        first=fixed.first,
        last=fixed.last,
    )
