"""The records as a file: how many of them, then the Transfer dialog."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from core.api import RecordExport, Station
from screens.console import Console
from screens.dialog import Dialog
from screens.file_channel import OfferedFile
from screens.keys_help import wrapped
from screens.preparing import Portion, Preparing
from screens.record_filter import RecordFilter
from screens.texts import _
from screens.transfer import send_file

PLAIN = re.compile(r"[A-Za-z0-9._:@-]+")
LAST_RECORDS = RecordExport().last or 0


async def export(console: Console, chosen: RecordFilter, found: int) -> None:
    """Ask how many of the records found, write them down and send them. Must run in a worker."""
    last = await _ask_last(console, found)
    if last == 0:
        return
    request = chosen.export(console.visit.zone, None if last < 0 else last)
    spool = console.files.spool()
    portions = _portions(console.visit.station, request)
    if not await console.push_screen_wait(Preparing(_("Export records"), portions, spool)):
        spool.close()
        return
    offered = OfferedFile(
        name="records.csv",
        file=spool,
        size=spool.tell(),
        command=_command_words(chosen, is_all=last < 0 and found > LAST_RECORDS),
    )
    await send_file(console, offered)


async def _portions(station: Station, request: RecordExport) -> AsyncIterator[Portion]:
    part = await station.export_records(request)
    yield Portion(content=part.text.encode(), done=part.done, count=part.count)
    while part.place is not None:
        part = await station.export_records(request, part.place)
        yield Portion(content=part.text.encode(), done=part.done, count=part.count)


def _command_words(chosen: RecordFilter, *, is_all: bool) -> str:
    """The command for the same file; "" where what is looked for must be quoted twice on its way."""
    options = {
        "--find": chosen.find,
        "--from": chosen.first,
        "--to": chosen.last,
        "--point": chosen.point,
        "--badge": chosen.badge,
    }
    given = {name: str(value) for name, value in options.items() if value not in ("", None)}
    if chosen.badge == "" or not all(PLAIN.fullmatch(value) for value in given.values()):
        return ""
    words = ["cdr export", *(f"{name} {value}" for name, value in given.items())]
    return " ".join([*words, "--all"] if is_all else words)


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
