"""What is known of the station's clock and of the time server that it follows."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from core.values.publication import ConnectionTest


class ClockStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The clock at this moment.

    `next_change` is the first moment with another offset of the zone, None where none comes within 400 days.
    `state`: `manual`, `waiting` (the server was not asked yet), `synchronised`, `failing` (Err #31; `said`
    is what is wrong). `offset_s`: the server's time less the station's before it was set, at the last answer;
    `precision_s`: how far it may be wrong. `last_sync` and `next_sync` are on the station's clock.
    `keeper` is a program of the machine that keeps the clock by itself, "" where the station does.
    """

    time: datetime
    zone: str
    mode: str
    server: str
    state: Literal["manual", "waiting", "synchronised", "failing"]
    next_change: datetime | None = None
    offset_s: float | None = None
    precision_s: float | None = None
    stratum: int | None = None
    last_sync: datetime | None = None
    next_sync: datetime | None = None
    said: str = ""
    keeper: str = ""
    test: ConnectionTest | None = None


class ClockChange(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to the clock; `old` and `new` are the same moment before and after it was set.

    `changed` is False where it was right already, or where another program keeps it; also where the time
    server failed: `step` and `said` then say where and why, and are "" else.
    """

    changed: bool
    old: datetime
    new: datetime
    offset_s: float
    step: str = ""
    said: str = ""
