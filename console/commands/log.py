"""`log`: the audit and event log."""

from __future__ import annotations

from console.commands.command import Argument, Call, Command
from console.commands.kinds import Moment, whole_number
from console.commands.output import columns
from console.commands.status import local_time
from console.texts import N_, _
from core.api import LogEntry, LogQuery
from core.errors import TryLater
from core.events import LogAdded

MOST_ENTRIES = 10_000


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
    station = await call.station()
    zone = (await station.status()).station.zone
    since = call.options.since.begin(zone) if call.options.since else None
    events = station.events()
    entries = await station.log(LogQuery(last=call.options.last, since=since))
    await _tell(call, entries, zone)
    if not call.options.follow:
        return
    newest = entries[-1].number if entries else 0
    async for event in events:
        if isinstance(event, LogAdded) and event.number > newest:
            entries = await station.log(LogQuery(last=MOST_ENTRIES, after=newest))
            await _tell(call, entries, zone)
            newest = entries[-1].number if entries else newest
    raise TryLater(_("The station restarts, or the connection to it was lost. Try again in a moment."))


COMMANDS = (
    Command(
        words=("log",),
        usage="[--follow] [--since TIME] [--last COUNT]",
        summary=N_("Show who did what, and what happened"),
        arguments=(
            Argument(name="--follow", help=N_("go on with what is added"), flag=True),
            Argument(name="--since", help=N_("from this day or time on"), kind=Moment, metavar="TIME"),
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
