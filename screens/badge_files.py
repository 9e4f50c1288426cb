"""The register of badges as a file: exported, and imported after a look at what would change."""

from __future__ import annotations

from collections.abc import Sequence

from core.api import Badge, BadgeImport, ImportMode
from core.values.badges import SealState
from screens.badge_actions import MANY
from screens.badge_lines import TYPES
from screens.cleaned import cleaned
from screens.console import Console, refusal_words
from screens.dialog import Dialog, notice, question
from screens.file_channel import WantedFile, offered_bytes
from screens.keys_help import wrapped
from screens.texts import N_, _
from screens.transfer import fetch_file, send_file
from screens.typed_question import TypedQuestion

LARGEST_LIST = 4 * 1024 * 1024
"""Bytes of a list; the longest register has less."""
SHOWN = 100
"""Differences and faults that a dialog names one by one."""
SEALS: dict[SealState, str] = {
    "intact": N_("The seal is intact: nobody has edited the list since its export."),
    "broken": N_("The list was edited after its export: its seal does not fit."),
    "missing": N_("The list has no seal: no station exported it, or it was edited."),
}


async def export(console: Console) -> None:
    """Send the register as a sealed list. Must run in a worker."""
    content = await console.attempt(console.visit.station.export_badges())
    if content is not None:
        await send_file(console, offered_bytes("badges.csv", content, command="badges export"))


async def take_over(console: Console) -> bool:
    """Fetch a list, show what it would change, and import it; True when it was. Must run in a worker."""
    wanted = WantedFile(what=_("A list of badges (.csv)"), largest=LARGEST_LIST, command="badges import")
    received = await fetch_file(console, wanted)
    if received is None:
        return False
    file = received.take()
    mode = await _ask_mode(console, cleaned(received.name))
    if mode is None:
        return False
    station = console.visit.station
    found = await console.attempt(station.import_badges(file, mode=mode, accept_edited=True, dry_run=True))
    if found is None:
        return False
    if found.problems:
        await console.push_screen_wait(notice(_("Nothing was imported"), problem_lines(found)))
        return False
    if not await _is_wanted(console, found):
        return False
    edited = found.seal != "intact"
    saved = await console.attempt(station.import_badges(file, mode=mode, accept_edited=edited))
    if saved is None or not saved.saved:
        return False
    settled = await console.attempt(received.settle())
    console.tell(f"{count_words(saved)} {settled or ''}".rstrip())
    return True


async def _ask_mode(console: Console, name: str) -> ImportMode | None:
    text = [
        _("{name} has come. Nothing is changed yet.").format(name=name),
        "",
        _("Replace: the register becomes the list; badges that it does not have are removed."),
        _("Merge: badges of the list are added or changed; all others stay."),
    ]
    buttons = [("", _("Cancel")), ("replace", _("Replace")), ("merge", _("Merge"))]
    asked = Dialog(_("Import badges"), wrapped(text), buttons, keys={"r": "replace", "m": "merge"})
    answer = await console.push_screen_wait(asked)
    return "replace" if answer == "replace" else "merge" if answer == "merge" else None


async def _is_wanted(console: Console, found: BadgeImport) -> bool:
    """Whether somebody wants these differences, and an edited list at all."""
    lines = [*wrapped([_(SEALS[found.seal]), count_words(found)]), "", *difference_lines(found)]
    asked = question(_("Import these badges?"), lines, _("Import"))
    if await console.push_screen_wait(asked) != "yes":
        return False
    sure = True
    if found.seal != "intact":
        text = [_(SEALS[found.seal]), _("Whoever edited it may have changed more than was meant.")]
        edited = TypedQuestion(_("Import an edited list?"), wrapped(text), _("EDITED"))
        sure = await console.push_screen_wait(edited)
    elif len(found.removed) > MANY:
        text = [_("{count} badges are removed by this import.").format(count=len(found.removed))]
        removing = TypedQuestion(_("Remove so many badges?"), text, _("REMOVE"))
        sure = await console.push_screen_wait(removing)
    return sure


def badge_words(badge: Badge) -> str:
    """`11 E1EB1C03 User Fleet van 3`."""
    return f"{badge.number} {cleaned(badge.uid)} {_(TYPES[badge.type])} {cleaned(badge.comment)}".rstrip()


def difference_lines(found: BadgeImport) -> list[str]:
    """`+` added, `*` changed, with what was before, `-` removed."""
    lines = [f"+ {badge_words(badge)}" for badge in found.added]
    for change in found.changed:
        lines += [f"* {badge_words(change.new)}", _("  was {badge}").format(badge=badge_words(change.old))]
    lines += [f"- {badge_words(badge)}" for badge in found.removed]
    return shortened(lines or [_("The list says what the register says already.")])


def problem_lines(found: BadgeImport) -> list[str]:
    """Every faulty line of the list, in words."""
    words = [cleaned(refusal_words(problem)) for problem in found.problems]
    return [_("The list has faults; the register stays as it is."), "", *shortened(wrapped(words))]


def shortened(lines: Sequence[str]) -> list[str]:
    """The first of them, and how many more there are."""
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([_("and {count} more").format(count=more)] if more > 0 else [])]


def count_words(found: BadgeImport) -> str:
    """As in `3 added, 1 changed, 0 removed, 12 unchanged`."""
    return _("{added} added, {changed} changed, {removed} removed, {unchanged} unchanged.").format(
        added=len(found.added),
        changed=len(found.changed),
        removed=len(found.removed),
        unchanged=found.unchanged,
    )
