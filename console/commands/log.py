"""`log`: the audit and event log, found, filtered and followed."""

from __future__ import annotations

from typing import Any

from console.commands.command import Argument, Call, Command, UsageError
from console.commands.kinds import Moment, whole_number
from console.commands.output import columns
from console.commands.status import local_time
from console.texts import N_, _
from core.api import LogEntry, LogQuery
from core.errors import TryLater
from core.events import LogAdded

MOST_ENTRIES = 10_000
KINDS = ("audit", "event")


def entry_row(entry: LogEntry, zone: str) -> tuple[str, ...]:
    """An entry for a person: when, who, what."""
    change = "" if entry.old is None and entry.new is None else f"{entry.old or '-'} -> {entry.new or '-'}"
    what = " ".join(part for part in (entry.action, entry.subject, change, entry.text) if part)
    return (local_time(entry.time, zone), f"{entry.account} {entry.origin}".strip(), what)


async def _tell(call: Call, entries: tuple[LogEntry, ...], zone: str) -> None:
    if call.json and call.options.follow:
        for entry in entries:
            await call.answer(entry)
    elif call.json:
        await call.answer({"entries": entries})
    elif entries:
        await call.out.data(columns([entry_row(entry, zone) for entry in entries]))


async def log(call: Call) -> None:
    options = call.options
    if options.follow and options.until:
        raise UsageError(_("--follow goes on and on: leave --until away."))
    station = await call.station()
    zone = (await station.status()).station.zone
    wanted: dict[str, Any] = {
        "since": options.since.begin(zone) if options.since else None,
        "until": options.until.end(zone) if options.until else None,
        "kind": options.kind,
        "account": options.account,
        "find": options.find,
    }
    events = station.events()
    newest = max((entry.number for entry in await station.log(LogQuery(last=1))), default=0)
    await _tell(call, await station.log(LogQuery(last=options.last, before=newest + 1, **wanted)), zone)
    if not options.follow:
        return
    async for event in events:
        if isinstance(event, LogAdded) and event.number > newest:
            query = LogQuery(last=MOST_ENTRIES, after=newest, before=event.number + 1, **wanted)
            await _tell(call, await station.log(query), zone)
            newest = event.number
    raise TryLater(_("The station restarts, or the connection to it was lost. Try again in a moment."))


COMMANDS = (
    Command(
        words=("log",),
        usage="[--follow] [--since TIME] [--until TIME] [--kind KIND] [--account NAME] [--find TEXT]"
        " [--last COUNT]",
        summary=N_("Show who did what, and what happened"),
        arguments=(
            Argument(name="--follow", help=N_("go on with what is added"), flag=True),
            Argument(name="--since", help=N_("from this day or time on"), kind=Moment, metavar="TIME"),
            Argument(
                name="--until",
                help=N_("up to this time, or the end of this day"),
                kind=Moment,
                metavar="TIME",
            ),
            Argument(
                name="--kind",
                help=N_("audit: what somebody did; event: what happened by itself"),
                choices=KINDS,
            ),
            Argument(
                name="--account",
                help=N_("of one account: admin, user, local, unknown, or the station itself"),
                metavar="NAME",
            ),
            Argument(
                name="--find",
                help=N_("only entries with this in them, in any case"),
                metavar="TEXT",
                default="",
            ),
            Argument(
                name="--last",
                help=N_("so many entries at most (100)"),
                kind=whole_number(1, MOST_ENTRIES),
                default=100,
            ),
        ),
        act=log,
    ),
)
