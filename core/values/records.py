"""Charge data records, and how they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec

RecordOrder = Literal["number", "start", "energy", "duration", "badge"]
"""What records are sorted by; by number where it is the same."""


class ChargeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A charge data record: the guide's twelve columns, then ours. Times are aware, energy in kWh and Wh.

    `phases`: how many the vehicle loaded, 1..3; 0 only until the record is stored, then by `charge_type`.
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
    stop_reason: str
    meter_start_wh: int
    meter_stop_wh: int
    mean_power_w: int = 0
    max_power_w: int = 0
    phases: int = 0


class RecordQuery(msgspec.Struct, frozen=True, kw_only=True):
    """At most `last` records in this order, from the one that follows record number `after` on.

    `find` looks in UID, comment, number and transaction. `point` is a charge point, `badge` a whole UID in
    any case ("": charged without a badge).
    `since` and `until` bound the start time (since included, until not).
    Records that arrive between two pages shift none: `after` names a record, not a place.
    """

    last: int = 30
    after: int | None = None
    find: str = ""
    since: datetime | None = None
    until: datetime | None = None
    point: int | None = None
    badge: str | None = None
    sort: RecordOrder = "number"
    descending: bool = True


class RecordTotals(msgspec.Struct, frozen=True, kw_only=True):
    """How many records, their energy in kWh and their durations in s."""

    count: int
    energy_kwh: float
    duration_s: int


class RecordPage(msgspec.Struct, frozen=True, kw_only=True):
    """`totals` and `found` are of what matches the query without `last` and `after`, `shown` of this page.

    `total` counts all records that there are.
    """

    records: tuple[ChargeRecord, ...]
    found: int
    total: int
    totals: RecordTotals
    shown: RecordTotals


class RecordDay(msgspec.Struct, frozen=True, kw_only=True):
    """What began to charge on one day of the station's zone: records, energy in kWh, durations in s."""

    day: date
    count: int
    energy_kwh: float
    duration_s: int


def totals_of(records: Iterable[ChargeRecord]) -> RecordTotals:
    """Count these records and add them up; energy is added in Wh, so that it stays exact."""
    count = energy_wh = duration_s = 0
    for record in records:
        count += 1
        energy_wh += round(record.energy_kwh * 1000)
        duration_s += record.duration_s
    return RecordTotals(count=count, energy_kwh=energy_wh / 1000, duration_s=duration_s)
