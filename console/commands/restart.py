"""`restart`: restart the station."""

from __future__ import annotations

from console.commands.command import Call, Command
from console.texts import N_, _


async def restart(call: Call) -> None:
    """Ask for the restart. Done when the station has taken it on; it is back some seconds later."""
    await (await call.station()).restart()
    if call.json:
        await call.answer({"station": "restarting"}, changed=True)
    else:
        await call.say(_("The station restarts. Commands are refused with code 75 until it is back."))


COMMANDS = (
    Command(
        words=("restart",),
        summary=N_("Restart the station; charges in progress end with their records"),
        act=restart,
    ),
)
