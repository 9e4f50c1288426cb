"""The records as a file: how many of them, then the Transfer dialog."""

from __future__ import annotations

from core.api import RecordExport
from screens.console import Console
from screens.dialog import Dialog
from screens.file_channel import OfferedFile
from screens.keys_help import wrapped
from screens.record_filter import RecordFilter
from screens.texts import _
from screens.transfer import send_file

LAST_RECORDS = RecordExport().last or 0
TOLD_EVERY = 20_000
"""Records, after which it is said how far it is."""


async def export(console: Console, chosen: RecordFilter, found: int) -> None:
    """Ask how many of the records found, write them down and send them. Must run in a worker."""
    last = await _ask_last(console, found)
    if last == 0:
        return
    station = console.visit.station
    request = chosen.export(console.visit.zone, None if last < 0 else last)
    spool = console.files.spool()
    part = await console.attempt(station.export_records(request))
    told = 0
    while part is not None:
        spool.write(part.text.encode())
        if part.place is None:
            break
        if part.done - told >= TOLD_EVERY:
            told = part.done
            console.tell(_("{done} of {count} records are read.").format(done=part.done, count=part.count))
        part = await console.attempt(station.export_records(request, part.place))
    if part is None:
        spool.close()
        return
    size = spool.tell()
    spool.seek(0)
    offered = OfferedFile(name="records.csv", file=spool, size=size, command="cdr export")
    await send_file(console, offered)


async def _ask_last(console: Console, found: int) -> int:
    """How many of the newest: 0 for none, -1 for all."""
    if found <= LAST_RECORDS:
        return -1
    text = [
        _("{count} records are found. The newest of them, or all?").format(count=found),
        _("A long file takes a while on a slow line; the next question says how long."),
    ]
    newest = _("Newest {count}").format(count=LAST_RECORDS)
    buttons = [("", _("Cancel")), ("newest", newest), ("all", _("All"))]
    asked = Dialog(_("Export records"), wrapped(text), buttons, keys={"n": "newest", "a": "all"})
    answer = await console.push_screen_wait(asked)
    return {"newest": LAST_RECORDS, "all": -1}.get(answer or "", 0)
