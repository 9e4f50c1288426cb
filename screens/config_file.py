"""The station's settings as a file: exported, and imported after a look at every difference."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from core.api import LARGEST_CONFIG, Change, ConfigImport
from core.errors import Problem, StationError
from screens.cleaned import cleaned, fitted
from screens.console import Console, refusal_words
from screens.dialog import Dialog, notice
from screens.file_channel import WantedFile, offered_bytes
from screens.keys_help import wrapped
from screens.saving import NAME, shown_value
from screens.sections import section_of
from screens.texts import _, ngettext
from screens.transfer import fetch_file, send_file
from screens.visit import Visit

NETWORK = ("network.", "wifi.")
OLD = 18
"""Cells for a value that is replaced."""


async def export(console: Console) -> None:
    """Send the settings as a file. Must run in a worker."""
    content = await console.attempt(console.visit.station.export_config())
    if content is not None:
        await send_file(console, offered_bytes("station.cfg", content, command="config export"))


async def take_over(console: Console) -> None:
    """Fetch a file, show what it would change, and import it where that is wanted. Must run in a worker."""
    wanted = WantedFile(what=_("A configuration (.cfg)"), largest=LARGEST_CONFIG, command="config import")
    received = await fetch_file(console, wanted)
    if received is None:
        return
    file, station, keep = received.take(), console.visit.station, False
    while True:
        found = await console.attempt(station.import_config(file, keep_network=keep, dry_run=True))
        if found is None:
            return
        if found.problems:
            await console.push_screen_wait(notice(_("Nothing was imported"), problem_lines(found.problems)))
            return
        answer = await _ask(console, found, keep=keep)
        if answer != "network":
            break
        keep = not keep
    if answer == "import":
        seen = {change.key: change.old for change in found.changes if change.old is not None}
        saved = await console.attempt(station.import_config(file, keep_network=keep, seen=seen))
        if saved is not None:
            await _follow(console, saved, await console.attempt(received.settle()) or "")


async def _ask(console: Console, found: ConfigImport, *, keep: bool) -> str:
    """`import`, `network` to look at it the other way round with the network, "" for nothing."""
    lines = difference_lines(console.visit, found)
    buttons = [("", _("Cancel"))]
    keys = {"n": ""}
    if found.changes:
        buttons.append(("import", _("Import")))
        keys["y"] = "import"
    if keep or any(change.key.startswith(NETWORK) for change in found.changes):
        buttons.append(("network", _("With the network too") if keep else _("Keep this network")))
    return (
        await console.push_screen_wait(Dialog(_("Import this configuration?"), lines, buttons, keys=keys))
        or ""
    )


async def _follow(console: Console, saved: ConfigImport, settled: str) -> None:
    """Read again what the import changed, and say what came of it and of the file."""
    try:
        await console.visit.read_settings()
        await console.visit.read_status()
    except StationError as refusal:
        console.tell(refusal_words(refusal))
    console.edits_changed()
    count = len(saved.changes)
    says = ngettext("{count} setting imported.", "{count} settings imported.", count).format(count=count)
    if saved.confirm_within_s:
        says += " " + _("The network is on trial for {seconds} s: see Network.").format(
            seconds=saved.confirm_within_s
        )
    if saved.restart_needed:
        says += " " + _("The station follows after a restart.")
    console.tell(f"{says} {settled}".rstrip())


def difference_lines(visit: Visit, found: ConfigImport) -> list[str | Content]:
    """Old and new of every setting that changes, then what stays as it is and why."""
    count = len(found.changes)
    changed = ngettext("{count} setting changes", "{count} settings change", count).format(count=count)
    lines: list[str | Content] = [
        *wrapped(
            [
                _("{changed}, {unchanged} have their value already. Nothing is changed yet.").format(
                    changed=changed, unchanged=found.unchanged
                )
            ]
        ),
        "",
    ]
    for change in found.changes:
        lines += _change_lines(visit, change)
    lines += wrapped([f"{cleaned(refusal_words(note))}." for note in found.notes])
    if count and found.restart_needed:
        lines += wrapped([_("The station follows all of it after a restart.")])
    lines += _named(_("Left as they are: {names}."), [_with_section(visit, key) for key in found.left])
    lines += _named(_("This station does not have: {names}."), found.absent)
    there = [_with_section(visit, each.key) for each in found.secrets if each.set]
    lines += _named(_("Passwords and keys that stay as they are: {names}."), there)
    lines += wrapped([_("No file holds passwords, keys or badges.")])
    return lines


def _with_section(visit: Visit, key: str) -> str:
    """`SMTP Password`: three protocols have a password of their own."""
    section, number = section_of(key)
    return visit.name(key) if number or not section else f"{section} {visit.name(key)}"


def _change_lines(visit: Visit, change: Change) -> list[str | Content]:
    old, new = (shown_value(visit, change.key, value) for value in (change.old, change.new))
    head = f"{fitted(_with_section(visit, change.key), NAME)} {fitted(old, OLD)} -> "
    lines: list[str | Content] = [head + _shortened(new)]
    if change.takes_effect == "restart":
        lines.append(Content.styled(_("    after a restart"), "dim"))
    return lines


def _shortened(text: str) -> str:
    """A value as far as the line below has room for it."""
    return text if len(text) <= NAME else f"{text[: NAME - 3]}..."


def _named(text: str, names: Sequence[str]) -> list[str]:
    return wrapped([text.format(names=", ".join(cleaned(name) for name in names))]) if names else []


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Every faulty line of the file, in words."""
    head = ngettext(
        "The file has {count} fault; every setting stays as it is.",
        "The file has {count} faults; every setting stays as it is.",
        len(problems),
    ).format(count=len(problems))
    return [*wrapped([head]), "", *wrapped([cleaned(refusal_words(problem)) for problem in problems])]
