"""Reading charging sessions in the form of the Trondheim data set.

Semicolons, decimal commas, `DD.MM.YYYY hh:mm` in the local time of Oslo, `NA` for what is missing
(Sørensen, Lindberg, Sartori, Andresen, Data in Brief 36, 2021).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo

import msgspec

from core.errors import Invalid

COLUMNS: tuple[str, ...] = ("session_ID", "User_ID", "Start_plugin", "End_plugout", "El_kWh")
"""The columns that are needed; there may be more."""

ZONE = ZoneInfo("Europe/Oslo")

_TIME = "%d.%m.%Y %H:%M"
_MISSING = ("NA", "")


class Flaw(Enum):
    """Why a session cannot be replayed."""

    NO_START = "no plug-in time"
    NO_END = "no plug-out time"
    NO_ENERGY = "no energy"
    END_BEFORE_START = "it ends before it starts"


class RealSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session of a user: times in UTC, energy asked in Wh; `flaw` says why it cannot be replayed."""

    id: int
    user: str
    start: datetime | None
    end: datetime | None
    energy_wh: int | None
    flaw: Flaw | None = None


def sessions(text: str) -> Iterator[RealSession]:
    """Every session of a file, in its order. Raises Invalid, naming the line, for what cannot be read."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    try:
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise Invalid("Line 1: no column {columns}", columns=", ".join(missing))
        for row in rows:
            yield _session(row, rows.line_num)
    except csv.Error as error:
        raise Invalid("Line {line}: {what}", line=rows.line_num, what=error) from None


def local_time(text: str, *, again: bool = False) -> datetime:
    """A local time of Oslo in UTC.

    The hour that comes twice in autumn is taken the first time, or `again`; the one that is left out in
    spring is told as if the clock had not been changed yet. Raises ValueError.
    """
    return datetime.strptime(text, _TIME).replace(tzinfo=ZONE, fold=int(again)).astimezone(UTC)


def energy_wh(text: str) -> int:
    """Energy in Wh from kWh with a decimal comma. Raises ValueError, also for less than nothing."""
    energy = round(float(text.replace(",", ".")) * 1000)
    if energy < 0:
        raise ValueError("energy below 0")
    return energy


def _session(row: dict[str, str], line: int) -> RealSession:
    try:
        start, end = (
            None if row[column] in _MISSING else local_time(row[column])
            for column in ("Start_plugin", "End_plugout")
        )
        if start is not None and end is not None and end < start:
            end = local_time(row["End_plugout"], again=True)
        energy = None if row["El_kWh"] in _MISSING else energy_wh(row["El_kWh"])
        number = int(row["session_ID"])
    except (ValueError, OverflowError, TypeError, AttributeError):
        raise Invalid("Line {line}: not a charging session", line=line) from None
    return RealSession(
        id=number,
        user=row["User_ID"],
        start=start,
        end=end,
        energy_wh=energy,
        flaw=_flaw(start, end, energy),
    )


def _flaw(start: datetime | None, end: datetime | None, energy: int | None) -> Flaw | None:
    if start is None:
        return Flaw.NO_START
    if end is None:
        return Flaw.NO_END
    if end < start:
        return Flaw.END_BEFORE_START
    return Flaw.NO_ENERGY if not energy else None
