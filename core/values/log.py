"""Entries of the audit and event log, how they are asked for, and whether their chain holds."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

LogKind = Literal["audit", "event"]
"""What somebody did, or what happened by itself."""


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the audit and event log.

    `kind`: `audit` or `event`. `action` is a fixed word such as `setting_changed`.
    """

    number: int
    time: datetime
    kind: LogKind
    account: str
    origin: str
    action: str
    subject: str = ""
    old: str | None = None
    new: str | None = None
    text: str = ""


class LogQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Oldest first among the newest `last` that match, with `oldest` among the oldest `last`.

    `after` asks for numbers above it, `before` below.

    `since` and `until` bound the time (since included, until not), `account` is a whole name. `find` looks
    in any case in account, origin, action, subject and text, and in values that the asking account may see.
    """

    last: int = 100
    oldest: bool = False
    after: int | None = None
    before: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: LogKind | None = None
    account: str | None = None
    find: str = ""


class KnownEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry by its number, and the hash that a check said of it before."""

    number: int
    hash: str


class LogCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the log is as it was written: its entries from number `first` to `last`, that with `hash`.

    `broken` is the number of the first entry that is missing or was altered; None: the chain holds.
    """

    entries: int
    first: int
    last: int
    hash: str
    broken: int | None = None
