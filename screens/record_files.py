"""Charge data records as a file that goes out: the newest, those found, or all."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from core.api import RecordExport, Station
from core.values.exports import LAST_RECORDS
from screens.console import Console
from screens.dialog import Dialog
from screens.file_channel import OfferedFile
from screens.keys_help import wrapped
from screens.preparing import Portion, Preparing
from screens.texts import _
from screens.transfer import send_file


async def export(console: Console, filters: RecordExport, *, found: int, total: int) -> None:
    """Ask which records, and send them. Must run in a worker.

    `filters` are those of the list in view, which has `found` of `total` records.
    """
    request = await _ask_which(console, filters, found=found, total=total)
    if request is None:
        return
    command = "cdr export" if request.last else "cdr export --all"
    file = console.files.spool()
    portions = _portions(console.visit.station, request)
    if await console.push_screen_wait(Preparing(_("Export records"), portions, file)):
        size = file.tell()
        is_filtered = request != RecordExport(last=request.last)
        offered = OfferedFile(
            name="records.csv", file=file, size=size, command="" if is_filtered else command
        )
        await send_file(console, offered)
    file.close()


async def _ask_which(
    console: Console, filters: RecordExport, *, found: int, total: int
) -> RecordExport | None:
    newest = min(LAST_RECORDS, total)
    buttons = [("", _("Cancel")), ("newest", _("Newest {count}").format(count=f"{newest:,}"))]
    if found < total:
        buttons.append(("found", _("Found {count}").format(count=f"{found:,}")))
    if total > newest:
        buttons.append(("all", _("All {count}").format(count=f"{total:,}")))
    text = [_("Which charge data records shall be in the file? The separators are those of Publication.")]
    asked = Dialog(
        _("Export records"), wrapped(text), buttons, keys={"n": "newest", "f": "found", "a": "all"}
    )
    answer = await console.push_screen_wait(asked)
    if answer not in dict(buttons) or not answer:
        return None
    if answer == "found":
        return msgspec.structs.replace(filters, last=None)
    return RecordExport(last=None if answer == "all" else LAST_RECORDS)


async def _portions(station: Station, request: RecordExport) -> AsyncIterator[Portion]:
    part = await station.export_records(request)
    while True:
        yield Portion(content=part.text.encode(), done=part.done, count=part.count)
        if part.place is None:
            return
        part = await station.export_records(request, part.place)
