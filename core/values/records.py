"""Charge data records and log entries, and how they are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec


class ChargeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A charge data record: the guide's twelve columns, then ours. Times are aware, energy in kWh and Wh."""

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


class RecordQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first: at most `last`, numbers below `before`.

    `find` looks in UID, comment, number and transaction.

    `since` and `until` bound the start time (since included, until not).
    """

    last: int = 30
    before: int | None = None
    find: str = ""
    since: datetime | None = None
    until: datetime | None = None


class RecordPage(msgspec.Struct, frozen=True, kw_only=True):
    """`found` counts what matches the query without `last` and `before`; `total` is all there are."""

    records: tuple[ChargeRecord, ...]
    found: int
    total: int


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the audit and event log.

    `kind`: `audit` or `event`. `action` is a fixed word such as `setting_changed`.
    """

    number: int
    time: datetime
    kind: Literal["audit", "event"]
    account: str
    origin: str
    action: str
    subject: str = ""
    old: str | None = None
    new: str | None = None
    text: str = ""


class LogQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Oldest first among the newest `last`; `after` asks for numbers above it."""

    last: int = 100
    after: int | None = None
    since: datetime | None = None
