"""Gathers the report by the calls of whoever asks: it can tell nobody more than they may ask for."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Mapping

import msgspec

from core.access import may, may_read_key
from core.api import BadgeQuery, LogQuery, RecordQuery, Station
from core.report import differing, privacy
from core.report.reading import Reading
from core.values.error_records import ErrorQuery
from core.values.network import NetworkStatus
from core.values.report import REPORTED_ENTRIES, REPORTED_ERRORS, REPORTED_MESSAGES, REPORTED_RECORDS, Report
from core.values.supervision import SupervisionStatus


def starts_of(link: sqlite3.Connection) -> int:
    """How often the station was started."""
    (count,) = link.execute("SELECT count FROM starts").fetchone()
    return int(count)


async def gather(
    station: Station, starts: Awaitable[int], *, account: str, uids: bool, comments: bool
) -> Report:
    """The report of this moment for the account that `station` was opened for."""
    status = await station.status()
    views = await station.settings()
    reading = Reading()
    page = await reading.of("records", station.records(RecordQuery(last=REPORTED_RECORDS)), None)
    badges = await reading.of("badges", station.badges(BadgeQuery(limit=0)), None)
    entries = await reading.of("log", station.log(LogQuery(last=REPORTED_ENTRIES)), ())
    seen = await reading.of("errors_seen", station.error_history(ErrorQuery(last=REPORTED_ERRORS)), ())
    publication = await reading.of("publication", station.publication(), None)
    records = () if page is None else page.records
    hide = privacy.shown if uids else privacy.hiding(privacy.known_uids(status, records))
    return Report(
        made=status.station.time,
        account=account,
        uids=uids,
        comments=comments,
        starts=await reading.of("starts", starts, 0),
        hardware=await station.hardware(),
        firmware=await station.firmware() if may(account, "firmware") else None,
        status=privacy.status_without(status, hide, uids=uids, comments=comments),
        errors_seen=privacy.errors_without(seen, hide),
        publication=None if publication is None else msgspec.structs.replace(publication, test=None),
        clock=msgspec.structs.replace(await station.clock(), test=None),
        network=_readable(await station.network(), account),
        supervision=_untested(await station.supervision(), hide) if may(account, "supervision") else None,
        settings=differing.differing(views),
        secrets=differing.secrets(views),
        badges=0 if badges is None else badges.total,
        records_kept=0 if page is None else page.total,
        records=privacy.records_without(records, uids=uids, comments=comments),
        log=privacy.log_without(reversed(entries), hide, everything=uids and comments),
        missing=tuple(reading.missing),
    )


def _readable(network: NetworkStatus, account: str) -> NetworkStatus:
    """The network without the settings that the account may not read."""

    def readable(values: Mapping[str, str]) -> dict[str, str]:
        return {key: value for key, value in values.items() if may_read_key(account, key)}

    trial = network.trial
    if trial is not None:
        changes = tuple(change for change in trial.changes if may_read_key(account, change.key))
        trial = msgspec.structs.replace(trial, changes=changes)
    return msgspec.structs.replace(
        network, saved=readable(network.saved), in_force=readable(network.in_force), trial=trial
    )


def _untested(supervision: SupervisionStatus, hide: privacy.Hide) -> SupervisionStatus:
    """The link with its newest messages; a test with values not saved says nothing of the station."""
    messages = tuple(
        msgspec.structs.replace(message, said=hide(message.said))
        for message in supervision.messages[:REPORTED_MESSAGES]
    )
    return msgspec.structs.replace(supervision, messages=messages, said=hide(supervision.said), test=None)
