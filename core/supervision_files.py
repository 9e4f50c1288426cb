"""Writes the files that the supervision asks for, as somebody on the machine would be shown them."""

from __future__ import annotations

from datetime import datetime

import msgspec

from core.api import LogQuery, Origin, RecordQuery, Report, Station
from core.entrance import StationEntrance
from core.ocpp.transfers.uploads import LogType
from core.parts import Parts
from core.report import privacy
from core.report.plain import entries_of, text_of
from core.values.log import LogEntry

MOST_ENTRIES = 10_000
MOST_RECORDS = 1_000
"""Of so many of the newest records the identifiers are hidden in the log, whatever they look like."""


async def write_file(
    parts: Parts, kind: LogType, since: datetime | None = None, until: datetime | None = None
) -> bytes:
    """The maintenance report or the log, without who charged; log entries from `since` until `until`.

    Without these moments the report has its newest entries, the log all up to 10,000. Raises StationError.
    """
    entrance = StationEntrance(parts)
    station = await entrance.local(Origin(kind="local", address="supervision", purpose="command"))
    try:
        if kind == "SecurityLog":
            return entries_of(await _entries(station, since, until)).encode()
        return text_of(await _report(station, since, until)).encode()
    finally:
        await entrance.close()


async def _report(station: Station, since: datetime | None, until: datetime | None) -> Report:
    report = await station.report(exported=True)
    if since is None and until is None:
        return report
    return msgspec.structs.replace(report, log=(await _entries(station, since, until))[::-1])


async def _entries(station: Station, since: datetime | None, until: datetime | None) -> tuple[LogEntry, ...]:
    entries = await station.log(LogQuery(last=MOST_ENTRIES, since=since, until=until))
    page = await station.records(RecordQuery(last=MOST_RECORDS))
    hide = privacy.hiding(privacy.known_uids(await station.status(), page.records))
    return privacy.log_without(entries, hide, everything=False)
