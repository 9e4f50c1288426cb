"""Charge data records as a file: what shall be in it, and how it is handed over in portions."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

FieldSeparator = Literal["semicolon", "comma", "tab"]
DecimalSeparator = Literal["comma", "dot"]

LAST_RECORDS = 3000
"""So many records are exported where nothing else is asked for (guide, Export button)."""


class RecordExport(msgspec.Struct, frozen=True, kw_only=True):
    """Which records, newest first: the `last` ones (None: all) of those that match.

    The filters are those of RecordQuery. `more_columns`: ours behind the guide's twelve.
    """

    last: int | None = LAST_RECORDS
    find: str = ""
    since: datetime | None = None
    until: datetime | None = None
    point: int | None = None
    badge: str | None = None
    more_columns: bool = False


class ExportPlace(msgspec.Struct, frozen=True, kw_only=True):
    """How far an export has come: `done` of `count` records, the last one with this `number`.

    The file keeps the form that it began with, whatever is set meanwhile.
    """

    number: int
    done: int
    count: int
    zone: str
    field_separator: FieldSeparator
    decimal_separator: DecimalSeparator


class ExportPart(msgspec.Struct, frozen=True, kw_only=True):
    """A portion of the file's text; `done` of `count` records are in it and those before it.

    `place` is where the next portion begins; None after the last one.
    """

    text: str
    done: int
    count: int
    place: ExportPlace | None
