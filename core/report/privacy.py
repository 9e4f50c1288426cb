"""Takes out of a report what tells who charged: identifiers of badges, and their comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from core.values.error_records import ErrorRecord
from core.values.log import LogEntry
from core.values.records import ChargeRecord
from core.values.status import ChargePointStatus, StationStatus

Hide = Callable[[str], str]
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


def status_without(status: StationStatus, hide: Hide, *, uids: bool, comments: bool) -> StationStatus:
    """The status likewise: of a charge that is going on it tells the rest."""
    return msgspec.structs.replace(
        status,
        charge_points=tuple(
            _point_without(point, uids=uids, comments=comments) for point in status.charge_points
        ),
        errors=tuple(msgspec.structs.replace(error, cause=hide(error.cause)) for error in status.errors),
    )


def _point_without(point: ChargePointStatus, *, uids: bool, comments: bool) -> ChargePointStatus:
    session, booking = point.session, point.booking
    if session is not None:
        session = msgspec.structs.replace(
            session, uid=session.uid if uids else "", comment=session.comment if comments else ""
        )
    if booking is not None and not uids:
        booking = msgspec.structs.replace(booking, uid="", parent="")
    return msgspec.structs.replace(point, session=session, booking=booking)


def known_uids(status: StationStatus, records: Iterable[ChargeRecord]) -> frozenset[str]:
    """Identifiers that charge or have charged, whatever they look like."""
    now = (point.session.uid for point in status.charge_points if point.session is not None)
    coming = (point.booking.uid for point in status.charge_points if point.booking is not None)
    return frozenset(filter(None, (*now, *coming, *(record.uid for record in records))))


def hiding(known: Iterable[str]) -> Hide:
    """What hides, in a text, these identifiers and whatever looks like one."""
    names = [re.escape(uid) for uid in sorted(known, key=len, reverse=True)]
    forms = "|".join([*names, UID])
    pattern = re.compile(rf"(?<![0-9A-Z])(?:{forms})(?![0-9A-Z])", re.IGNORECASE)
    return lambda text: pattern.sub(HIDDEN, text)


def shown(text: str) -> str:
    """What hides nothing."""
    return text


def errors_without(records: Iterable[ErrorRecord], hide: Hide) -> tuple[ErrorRecord, ...]:
    """The history of errors without identifiers in its causes."""
    return tuple(msgspec.structs.replace(record, cause=hide(record.cause)) for record in records)


def log_without(entries: Iterable[LogEntry], hide: Hide, *, everything: bool) -> tuple[LogEntry, ...]:
    """The log likewise. Changes of the register say only what was done, unless `everything` was asked for."""
    return tuple(entry if everything else _entry_without(entry, hide) for entry in entries)


def _entry_without(entry: LogEntry, hide: Hide) -> LogEntry:
    if entry.action.startswith("badges_"):
        entry = msgspec.structs.replace(entry, old=None, new=None, text="")
    return msgspec.structs.replace(
        entry,
        subject=hide(entry.subject),
        old=None if entry.old is None else hide(entry.old),
        new=None if entry.new is None else hide(entry.new),
        text=hide(entry.text),
    )
