"""The Transfer dialog: how a file goes out or comes in, wherever in the console that is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from screens.console import Console
from screens.dialog import Dialog, notice
from screens.file_channel import FileWay, NotTransferred, OfferedFile, ReceivedFile, WantedFile
from screens.keys_help import wrapped
from screens.pick_list import Pick, PickList
from screens.texts import _
from screens.transfer_words import size_words, time_words


async def send_file(console: Console, offered: OfferedFile) -> bool:
    """Ask how the file goes out, and carry it; False when it was given up. Must run in a worker.

    `offered.file` is closed at the end.
    """
    title = _("Send a file")
    head = [f"{offered.name}, {size_words(offered.size)}", ""]
    said = ""
    with offered.file:
        while way := await _choose(console, title, head, said, offered):
            began = time.monotonic()
            try:
                await way.send(offered, console.somebody_is_here)
            except NotTransferred as failure:
                said = str(failure)
                continue
            text = _("{name} went out by {way}: {size} in {seconds} s.").format(
                name=offered.name,
                way=way.label,
                size=size_words(offered.size),
                seconds=round(time.monotonic() - began),
            )
            box = console.files.box
            if way is box:
                after = _("It waits as {path} for a day.").format(path=box.placed(offered))
            else:
                after = _redraw()
            await console.push_screen_wait(notice(title, wrapped([text, "", after])))
            return True
    return False


async def fetch_file(console: Console, wanted: WantedFile) -> ReceivedFile | None:
    """Ask how the file comes in, and fetch it; None when it was given up. Must run in a worker."""
    head = [_("{what}, at most {size}").format(what=wanted.what, size=size_words(wanted.largest)), ""]
    said = ""
    while way := await _choose(console, _("Fetch a file"), head, said, wanted):
        try:
            chosen = await _chosen(console, way, wanted)
            if chosen is not None:
                return await way.receive(chosen, console.somebody_is_here)
            said = ""
        except NotTransferred as failure:
            said = str(failure)
    return None


async def _chosen(console: Console, way: FileWay, wanted: WantedFile) -> WantedFile | None:
    """What is wanted, with the file that somebody chose where several wait; None for none."""
    box = console.files.box
    if way is not box:
        return wanted
    waiting = await box.waiting(wanted)
    zone = console.visit.zone
    picks = [
        Pick(
            value=file.name,
            words=file.name,
            place=f"{size_words(file.size)}, {file.at.astimezone(zone):%Y-%m-%d %H:%M}",
        )
        for file in waiting
    ]
    name = await console.push_screen_wait(PickList(_("Files in the drop box"), picks))
    return replace(wanted, chosen=name) if name else None


def _redraw() -> str:
    return _("Should the screen not be whole: ^L draws it again.")


async def _choose(
    console: Console, title: str, head: Sequence[str], said: str, file: OfferedFile | WantedFile
) -> FileWay | None:
    """The way that somebody chooses; None for none. `said` is why the last one failed."""
    files = console.files
    text: list[str | Content] = []
    if said:
        text += [*(Content.styled(line, "bold $error") for line in wrapped([said])), ""]
    text += head
    usable: list[FileWay] = []
    for way in files.ways:
        refused = way.missing or _too_large(way, file)
        if not refused:
            usable.append(way)
        text += wrapped([f"{way.label}: {refused or _promise(way, file, files.pace)}"])
    text += wrapped([command_words(console, file)] if file.command else [])
    buttons = [("", _("Cancel")), *((way.name, way.label) for way in usable)]
    keys = {way.letter: str(way.name) for way in usable}
    answer = await console.push_screen_wait(Dialog(title, text, buttons, keys=keys))
    return next((way for way in usable if way.name == answer), None)


def _too_large(way: FileWay, file: OfferedFile | WantedFile) -> str:
    if not isinstance(file, OfferedFile) or way.largest is None or file.size <= way.largest:
        return ""
    return _("for files of at most {size}.").format(size=size_words(way.largest))


def _promise(way: FileWay, file: OfferedFile | WantedFile, pace: str) -> str:
    """How long it takes where that is known, and what the person does for it."""
    outwards = isinstance(file, OfferedFile)
    guidance = way.guidance(outwards=outwards)
    seconds = way.seconds(file) if isinstance(file, OfferedFile) else None
    if seconds is None:
        return guidance
    return _("{time} at {pace}; {guidance}").format(time=time_words(seconds), pace=pace, guidance=guidance)


def command_words(console: Console, file: OfferedFile | WantedFile) -> str:
    """The command that does the same from one's own computer."""
    account = console.visit.person.account
    if isinstance(file, OfferedFile):
        line = f"ssh {account}@STATION {file.command} > {file.name}"
    else:
        line = f"ssh {account}@STATION {file.command} < FILE"
    return _("Without the console: {line}").format(line=line)
