"""`badges export` and `badges import`: the register as a sealed `.csv` file."""

from __future__ import annotations

from typing import Any

import msgspec

from console.commands import incoming
from console.commands.command import Argument, Call, Command
from console.texts import N_, _
from core.api import Badge, BadgeImport
from core.errors import Invalid

LARGEST_FILE = 4 * 1024 * 1024 + 1
SEALS = {
    "intact": N_("The seal is intact."),
    "broken": N_("The list was edited after its export: its seal does not fit."),
    "missing": N_("The list has no seal: no station exported it, or it was edited."),
}


async def export(call: Call) -> None:
    file = (await (await call.station()).export_badges()).decode()
    if call.json:
        await call.answer({"file": file})
    else:
        await call.out.data(file)


def badge_text(badge: Badge) -> str:
    return f"{badge.number} {badge.uid} {badge.type} {badge.comment}".rstrip()


def lines(found: BadgeImport) -> list[str]:
    """The differences for a person: `+` added, `-` removed, `*` changed with old and new."""
    told = [_(SEALS[found.seal])]
    told += [f"+ {badge_text(badge)}" for badge in found.added]
    told += [f"* {badge_text(change.old)} -> {badge_text(change.new)}" for change in found.changed]
    told += [f"- {badge_text(badge)}" for badge in found.removed]
    text = _("{added} added, {changed} changed, {removed} removed, {unchanged} unchanged.")
    told.append(
        text.format(
            added=len(found.added),
            changed=len(found.changed),
            removed=len(found.removed),
            unchanged=found.unchanged,
        )
    )
    return told


def as_json(found: BadgeImport) -> dict[str, Any]:
    """What `--json` says of an import; what an import changes stands under `changes`."""
    told: dict[str, Any] = msgspec.to_builtins(found)
    told["changes"] = told.pop("changed")
    del told["problems"]
    return told


async def take_over(call: Call) -> None:
    options = call.options
    station = await call.station()
    file = await incoming.content(call, LARGEST_FILE)
    found = await station.import_badges(
        file,
        mode="merge" if options.merge else "replace",
        accept_edited=options.accept_edited,
        dry_run=options.dry_run,
    )
    if found.problems:
        raise Invalid.from_problems(found.problems)
    if found.saved:
        await incoming.taken_over(call)
    if call.json:
        differs = bool(found.added or found.changed or found.removed)
        await call.answer(as_json(found), changed=found.saved and differs)
        return
    for line in lines(found):
        await call.say(line)
    if not found.saved:
        await call.say(_("Nothing was saved: this was a dry run."))


COMMANDS = (
    Command(
        words=("badges", "export"),
        summary=N_("Write the register as a sealed CSV file"),
        act=export,
    ),
    Command(
        words=("badges", "import"),
        usage="[--file NAME] [--merge] [--dry-run] [--accept-edited]",
        summary=N_("Replace the register by a CSV file on standard input, or merge it in; all or nothing"),
        arguments=(
            incoming.FILE,
            Argument(name="--merge", help=N_("keep the badges that the file does not have"), flag=True),
            Argument(name="--dry-run", help=N_("print the differences, and change nothing"), flag=True),
            Argument(
                name="--accept-edited",
                help=N_("import a list that was edited, or has no seal"),
                flag=True,
            ),
        ),
        act=take_over,
    ),
)
