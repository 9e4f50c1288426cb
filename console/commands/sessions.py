"""`sessions`: who is logged in, and ending somebody's session."""

from __future__ import annotations

import msgspec

from console.commands.command import Argument, Call, Command
from console.commands.kinds import whole_number
from console.commands.output import columns
from console.texts import N_, _

LARGEST_ID = 2**53


async def list_sessions(call: Call) -> None:
    sessions = await (await call.station()).sessions()
    if call.json:
        await call.answer({"sessions": [msgspec.to_builtins(session) for session in sessions]})
        return
    rows = [
        (
            str(session.id),
            session.account,
            f"{session.origin.kind} {session.origin.address}".strip(),
            session.origin.purpose,
            f"{session.started:%Y-%m-%d %H:%M} UTC",
        )
        for session in sessions
    ]
    heads = (_("ID"), _("Account"), _("From"), _("For"), _("Since"))
    await call.out.data(columns([heads, *rows]))


async def close(call: Call) -> None:
    await (await call.station()).close_session(call.options.id)
    if call.json:
        await call.answer({"id": call.options.id}, changed=True)
    else:
        await call.say(_("Session {number} was closed.").format(number=call.options.id))


COMMANDS = (
    Command(words=("sessions", "list"), summary=N_("List who is logged in"), act=list_sessions),
    Command(
        words=("sessions", "close"),
        usage="ID",
        summary=N_("End a session"),
        arguments=(
            Argument(name="id", help=N_("as `sessions list` numbers it"), kind=whole_number(0, LARGEST_ID)),
        ),
        act=close,
    ),
)
