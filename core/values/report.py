"""The maintenance report: everything that somebody who maintains the station must know of it at once."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from core.values.config import SecretLeft
from core.values.error_records import ErrorRecord
from core.values.firmware import FirmwareStatus
from core.values.log import LogEntry
from core.values.network import NetworkStatus
from core.values.publication import PublicationStatus
from core.values.records import ChargeRecord
from core.values.setting import Value
from core.values.status import Hardware, StationStatus
from core.values.supervision import SupervisionStatus
from core.values.timekeeping import ClockStatus

REPORTED_ERRORS = 20
REPORTED_RECORDS = 20
REPORTED_ENTRIES = 30
REPORTED_MESSAGES = 10
"""So many of the newest errors, charge data records, log entries and messages of the
supervision are in a report."""


ReportPart = Literal["records", "badges", "log", "errors_seen", "starts", "publication"]
"""What is read from the database."""


class DifferingSetting(msgspec.Struct, frozen=True, kw_only=True):
    """A setting that is not as the factory left it; `words` and `factory_words`: as screens say its values.

    `waits`: the station follows it only after a restart, or it is on trial.
    """

    key: str
    tab: str
    sub_tab: str
    label: str
    value: Value
    factory: Value
    words: str
    factory_words: str
    waits: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The station at the moment `made`, as `account` may see it; never a secret.

    Identifiers of badges are in it only where `uids` says so, comments only where `comments` does; else they
    are empty, and hidden in the log. `starts` counts how often the station was started. `badges` and
    `records_kept` count all that there are. `errors_seen` have come and gone, or last; these, `records` and
    `log` are the newest, newest first. `missing` could not be read: it is empty, 0 or None.
    `firmware` and `supervision` are None for an account that may not see them.
    """

    made: datetime
    account: str
    uids: bool
    comments: bool
    starts: int
    hardware: Hardware
    firmware: FirmwareStatus | None
    status: StationStatus
    errors_seen: tuple[ErrorRecord, ...]
    publication: PublicationStatus | None
    clock: ClockStatus
    network: NetworkStatus
    supervision: SupervisionStatus | None
    settings: tuple[DifferingSetting, ...]
    secrets: tuple[SecretLeft, ...]
    badges: int
    records_kept: int
    records: tuple[ChargeRecord, ...]
    log: tuple[LogEntry, ...]
    missing: tuple[ReportPart, ...] = ()
