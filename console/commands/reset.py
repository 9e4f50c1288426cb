"""`factory-reset` and `erase-personal-data`: what cannot be taken back, confirmed by `--yes`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from console.commands.command import Argument, Call, Command, UsageError
from console.commands.restart import CHOICES, chosen, tell, with_choices
from console.texts import N_, _
from core.api import RestartWhen, WaitingRestart
from core.errors import Busy, TryLater

YES = Argument(name="--yes", help=N_("confirm it"), flag=True)
USAGE = "--yes [--now | --when-free]"


async def factory_reset(call: Call) -> None:
    """Ask for the reset. Done when it is on the disk: it is carried out whatever happens."""
    await _ask(call, _factory_question(), (await call.station()).factory_reset)


async def factory_reset_here(call: Call) -> None:
    """Ask for the reset, or carry it out while the station does not run."""
    _confirmed(call, _factory_question())
    try:
        station = await call.station()
    except TryLater as away:
        await _reset_at_rest(call, away)
    else:
        await _ask(call, _factory_question(), station.factory_reset)


async def erase_personal_data(call: Call) -> None:
    says = _(
        "This erases every badge and every charge data record. Export them first; confirm it with --yes."
    )
    await _ask(call, says, (await call.station()).erase_personal_data)


def _factory_question() -> str:
    return _("This erases everything but the badges: settings, accounts, records. Confirm it with --yes.")


def _confirmed(call: Call, question: str) -> RestartWhen:
    if not call.options.yes:
        raise UsageError(question)
    return chosen(call)


async def _ask(
    call: Call, question: str, act: Callable[[RestartWhen], Awaitable[WaitingRestart | None]]
) -> None:
    try:
        waiting = await act(_confirmed(call, question))
    except Busy as busy:
        raise with_choices(busy) from None
    await tell(call, waiting)


async def _reset_at_rest(call: Call, away: TryLater) -> None:
    from core.at_rest import factory_reset as reset_at_rest

    try:
        await asyncio.to_thread(reset_at_rest, call.folder)
    except Busy:
        # It runs and does not answer: it restarts at this moment.
        raise away from None
    if call.json:
        await call.answer({"station": "stopped", "restart_waiting": None}, changed=True)
    else:
        await call.say(_("The station has its factory settings. Start it and log in as admin with ADMIN."))


def _commands(reset: Callable[[Call], Awaitable[None]]) -> tuple[Command, ...]:
    return (
        Command(
            words=("factory-reset",),
            usage=USAGE,
            summary=N_("Restore the factory settings; only badges and the log stay"),
            arguments=(YES, *CHOICES),
            act=reset,
        ),
        Command(
            words=("erase-personal-data",),
            usage=USAGE,
            summary=N_("Erase all badges and charge data records, and badges from the log; settings stay"),
            arguments=(YES, *CHOICES),
            act=erase_personal_data,
        ),
    )


REMOTE = _commands(factory_reset)
LOCAL = _commands(factory_reset_here)
