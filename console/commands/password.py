"""`password`: set a new password."""

from __future__ import annotations

from console.commands.command import Argument, Call, Command, UsageError
from console.texts import N_, _


async def own(call: Call) -> None:
    """Set the own password: the old and the new one are two lines of standard input."""
    station = await call.station()
    account = (await station.whoami()).account
    old = await call.out.read_line(_("Old password: "))
    new = await call.out.read_line(_("New password: "))
    if old is None or new is None:
        raise UsageError(_("Two lines are expected on standard input: the old password, then the new one."))
    await station.change_password(account, new, old=old)
    await _tell(call, account)


async def any_account(call: Call) -> None:
    """Set the password of an account from the machine itself: the new one is a line of standard input."""
    station = await call.station()
    new = await call.out.read_line(_("New password for {account}: ").format(account=call.options.account))
    if new is None:
        raise UsageError(_("One line is expected on standard input: the new password."))
    await station.change_password(call.options.account, new)
    await _tell(call, call.options.account)


async def _tell(call: Call, account: str) -> None:
    if call.json:
        await call.answer({"account": account}, changed=True)
    else:
        await call.say(_("The password of {account} was changed.").format(account=account))


REMOTE = (
    Command(
        words=("password",),
        summary=N_("Set your own password: the old and the new one as two lines on standard input"),
        act=own,
    ),
)

LOCAL = (
    Command(
        words=("password",),
        usage="ACCOUNT",
        summary=N_("Set the password of an account: one line on standard input"),
        arguments=(Argument(name="account", help=N_("admin or user"), choices=("admin", "user")),),
        act=any_account,
    ),
)
