"""`config`: the settings of the station as a `.cfg` file."""

from __future__ import annotations

from collections.abc import Sequence

from console.commands import incoming
from console.commands.command import Argument, Call, Command
from console.commands.notes import with_notes
from console.commands.settings import change_line
from console.texts import N_, _, ngettext
from core.api import LARGEST_CONFIG, ConfigImport
from core.errors import Invalid
from screens.refusals import refusal_words


async def export(call: Call) -> None:
    file = (await (await call.station()).export_config()).decode()
    if call.json:
        await call.answer({"file": file})
    else:
        await call.out.data(file)


def lines(found: ConfigImport) -> list[str]:
    """The differences for a person: old and new of each setting, then what stays as it is."""
    told = [change_line(change) for change in found.changes]
    changed = ngettext("{count} setting changes", "{count} settings change", len(found.changes))
    told.append(
        _("{changed}, {unchanged} have their value already.").format(
            changed=changed.format(count=len(found.changes)), unchanged=found.unchanged
        )
    )
    told += _named(_("Left as they are: {keys}."), found.left)
    told += _named(_("This station does not have: {keys}."), found.absent)
    secrets = [f"{each.key} ({_('set') if each.set else _('not set')})" for each in found.secrets]
    told += _named(_("Passwords and keys are in no file and stay as they are: {keys}."), secrets)
    told += [f"{refusal_words(note)}." for note in found.notes]
    if found.changes and found.restart_needed:
        told.append(_("The station must restart to follow all of it: `restart`."))
    return told


def _named(text: str, keys: Sequence[str]) -> list[str]:
    return [text.format(keys=", ".join(keys))] if keys else []


async def take_over(call: Call) -> None:
    options = call.options
    station = await call.station()
    file = await incoming.content(call, LARGEST_CONFIG + 1)
    found = await station.import_config(file, keep_network=options.keep_network, dry_run=options.dry_run)
    if found.problems:
        raise Invalid.from_problems(found.problems)
    if not options.dry_run:
        await incoming.taken_over(call)
    if call.json:
        await call.answer(with_notes(found, found.notes), changed=found.saved and bool(found.changes))
        return
    for line in lines(found):
        await call.say(line)
    if found.saved and found.confirm_within_s:
        await call.say(_("The change of the network is on trial: `network show`, `network confirm`."))
    if options.dry_run:
        await call.say(_("Nothing was saved: this was a dry run."))


COMMANDS = (
    Command(
        words=("config", "export"),
        summary=N_("Write the settings of the station as a .cfg file, without passwords, keys and badges"),
        act=export,
    ),
    Command(
        words=("config", "import"),
        usage="[--file NAME] [--keep-network] [--dry-run]",
        summary=N_("Replace the settings by a .cfg file on standard input, all of them or none"),
        arguments=(
            incoming.FILE,
            Argument(
                name="--keep-network",
                help=N_("leave the parameters of Network and Wi-Fi as they are"),
                flag=True,
            ),
            Argument(name="--dry-run", help=N_("print the differences, and change nothing"), flag=True),
        ),
        act=take_over,
    ),
)
