"""`files`: what was sent into the drop box by SFTP, listed and removed."""

from __future__ import annotations

from datetime import UTC, datetime

from console.commands.command import Argument, Call, Command
from console.commands.output import columns
from console.drop_box.shelf import KeptFile, Shelf
from console.texts import N_, _
from core.errors import NotFound

SENDERS = ("admin", "user")


async def _shelves(call: Call) -> dict[str, Shelf]:
    """By account: one's own, and on the machine itself everybody's."""
    account = (await (await call.station()).whoami()).account
    accounts = SENDERS if account == "local" else (account,)
    return {each: Shelf(call.folder, each, "incoming") for each in accounts}


def _when(file: KeptFile) -> datetime:
    return datetime.fromtimestamp(int(file.at), UTC)


async def list_files(call: Call) -> None:
    found = [(account, file) for account, shelf in (await _shelves(call)).items() for file in shelf.files()]
    found.sort(key=lambda each: -each[1].at)
    if call.json:
        files = [
            {"name": file.name, "account": account, "size": file.size, "received": _when(file)}
            for account, file in found
        ]
        await call.answer({"files": files})
        return
    heads = (_("Name"), _("Account"), _("Bytes"), _("Received"))
    rows = [
        (file.name, account, str(file.size), f"{_when(file):%Y-%m-%d %H:%M} UTC") for account, file in found
    ]
    await call.out.data(columns([heads, *rows]))


async def remove(call: Call) -> None:
    shelves = await _shelves(call)
    name = call.options.name
    account, slash, rest = name.partition("/")
    if not slash:
        rest = name
        account = next(
            (each for each, shelf in shelves.items() if any(file.name == name for file in shelf.files())), ""
        )
    if account not in shelves:
        raise NotFound(N_("There is no file {name} in the drop box."), name=name)
    removed = shelves[account].remove(rest)
    await (await call.station()).note_file("file_removed", removed.name, removed.size)
    if call.json:
        await call.answer({"name": removed.name, "account": account}, changed=True)
    else:
        await call.say(_("{name} was removed.").format(name=removed.name))


COMMANDS = (
    Command(
        words=("files", "list"),
        summary=N_("List the files that were sent into the drop box by SFTP, newest first"),
        act=list_files,
    ),
    Command(
        words=("files", "remove"),
        usage="NAME",
        summary=N_("Remove a file from the drop box"),
        arguments=(
            Argument(
                name="name",
                help=N_("as `files list` names it; on the machine itself ACCOUNT/NAME says whose"),
            ),
        ),
        act=remove,
    ),
)
