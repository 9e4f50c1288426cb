"""Takes out of a report what tells who charged: identifiers of badges, and their comments."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from core.values.log import LogEntry
from core.values.records import ChargeRecord
from core.values.status import ChargePointStatus, StationStatus

HIDDEN = "(badge)"
UID = r"(?:[0-9A-F]{2}){3,10}"
"""What looks like the identifier of a badge, 3 to 10 bytes."""


def records_without(
    records: Iterable[ChargeRecord], *, uids: bool, comments: bool
) -> tuple[ChargeRecord, ...]:
    """The records with identifiers where `uids`, with comments where `comments`."""
    return tuple(
        msgspec.structs.replace(
            record, uid=record.uid if uids else "", comment=record.comment if comments else ""
        )
        for record in records
    )


def status_without(status: StationStatus, *, uids: bool, comments: bool) -> StationStatus:
    """The status likewise: of a charge that is going on it tells the rest."""
    return msgspec.structs.replace(
        status,
        charge_points=tuple(
            _point_without(point, uids=uids, comments=comments) for point in status.charge_points
        ),
    )


def _point_without(point: ChargePointStatus, *, uids: bool, comments: bool) -> ChargePointStatus:
    session = point.session
    if session is None:
        return point
    session = msgspec.structs.replace(
        session, uid=session.uid if uids else "", comment=session.comment if comments else ""
    )
    return msgspec.structs.replace(point, session=session)


def known_uids(status: StationStatus, records: Iterable[ChargeRecord]) -> frozenset[str]:
    """Identifiers that charge or have charged, whatever they look like."""
    now = (point.session.uid for point in status.charge_points if point.session is not None)
    return frozenset(filter(None, (*now, *(record.uid for record in records))))


def log_without(
    entries: Iterable[LogEntry], known: Iterable[str], *, uids: bool, comments: bool
) -> tuple[LogEntry, ...]:
    """The log likewise. Entries of badges hold both at once: without either only what was done is told."""
    names = [re.escape(uid) for uid in sorted(known, key=len, reverse=True)]
    forms = "|".join([*names, UID])
    pattern = re.compile(rf"(?<![0-9A-Z])(?:{forms})(?![0-9A-Z])", re.IGNORECASE)
    return tuple(_entry_without(entry, pattern, uids=uids, comments=comments) for entry in entries)


def _entry_without(entry: LogEntry, pattern: re.Pattern[str], *, uids: bool, comments: bool) -> LogEntry:
    if uids and comments:
        return entry
    if entry.action.startswith("badge"):
        entry = msgspec.structs.replace(entry, old=None, new=None, text="")
    if uids:
        return entry

    def hidden(text: str) -> str:
        return pattern.sub(HIDDEN, text)

    return msgspec.structs.replace(
        entry,
        subject=hidden(entry.subject),
        old=None if entry.old is None else hidden(entry.old),
        new=None if entry.new is None else hidden(entry.new),
        text=hidden(entry.text),
    )
