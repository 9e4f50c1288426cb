"""Files of the drop box as commands take them instead of standard input."""

from __future__ import annotations

from console.commands.command import Argument, Call
from console.drop_box.shelf import Shelf
from console.texts import N_, _

FILE = Argument(
    name="--file",
    help=N_("a file of the drop box, removed from there once it was taken over"),
    metavar="NAME",
)


async def incoming(call: Call) -> Shelf:
    """What the caller's account has sent by SFTP."""
    account = (await (await call.station()).whoami()).account
    return Shelf(call.folder, account, "incoming")


async def content(call: Call, most: int) -> bytes:
    """The file that `--file` names, or standard input; at most so many bytes. Raises NotFound."""
    if call.options.file is None:
        return await call.out.read_bytes(most)
    with (await incoming(call)).open(call.options.file) as file:
        return file.read(most)


async def taken_over(call: Call) -> None:
    """Remove the file that `--file` names, and say so."""
    if call.options.file is None:
        return
    removed = (await incoming(call)).remove(call.options.file)
    await (await call.station()).note_file("file_taken", removed.name, removed.size)
    await call.out.message(_("{name} was removed from the drop box.").format(name=removed.name))
