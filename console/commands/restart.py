"""`restart`: restart the station, now or when no car charges."""

from __future__ import annotations

from collections.abc import Mapping

from console.commands.command import Argument, Call, Command, UsageError
from console.texts import N_, _
from core.api import RestartWhen, WaitingRestart
from core.errors import Busy

CHOICES = (
    Argument(name="--now", help=N_("end open charges with their records"), flag=True),
    Argument(name="--when-free", help=N_("wait until no charge is open"), flag=True),
)
PURPOSES: Mapping[str, str] = {
    "restart": N_("restart"),
    "factory_reset": N_("factory reset"),
    "firmware": N_("firmware"),
    "personal_data": N_("erasing of personal data"),
}


def waiting_words(waiting: WaitingRestart) -> str:
    """`restart, asked for by admin, ssh 10.1.4.9`."""
    return _("{purpose}, asked for by {account}, {origin}").format(
        purpose=_(PURPOSES[waiting.purpose]), account=waiting.account, origin=waiting.origin
    )


def chosen(call: Call) -> RestartWhen:
    """What is to happen while a charge is open. Raises UsageError for both."""
    if call.options.now and call.options.when_free:
        raise UsageError(_("Either --now or --when-free."))
    return "now" if call.options.now else "when_free" if call.options.when_free else "if_free"


def with_choices(busy: Busy) -> Busy:
    """The refusal of a station at which a charge is open, with the options that settle it."""
    if "points" not in busy.values:
        return busy
    return Busy(
        N_("A charge is open at charge point {points}. Say --now to end it with its record, or --when-free."),
        points=busy.values["points"],
        details={"choices": "--now, --when-free"},
    )


async def tell(call: Call, waiting: WaitingRestart | None) -> None:
    """Say whether the station restarts or waits."""
    if call.json:
        state = "restarting" if waiting is None else "waiting"
        await call.answer({"station": state, "restart_waiting": waiting}, changed=True)
    elif waiting is None:
        await call.say(_("The station restarts. Commands are refused with code 75 until it is back."))
    else:
        await call.say(
            _("Waits until no charge is open: {waiting}. `restart --take-back` takes it back.").format(
                waiting=waiting_words(waiting)
            )
        )


async def restart(call: Call) -> None:
    """Ask for the restart. Done when the station has taken it on; it is back some seconds later."""
    when = chosen(call)
    if call.options.take_back:
        if when != "if_free":
            raise UsageError(_("--take-back stands alone."))
        await take_back(call)
        return
    try:
        waiting = await (await call.station()).restart(when)
    except Busy as busy:
        raise with_choices(busy) from None
    await tell(call, waiting)


async def take_back(call: Call) -> None:
    taken = await (await call.station()).take_back_restart()
    if call.json:
        await call.answer({"station": "running", "restart_waiting": None}, changed=True)
    else:
        await call.say(_("Taken back: {waiting}.").format(waiting=waiting_words(taken)))


COMMANDS = (
    Command(
        words=("restart",),
        usage="[--now | --when-free | --take-back]",
        summary=N_("Restart the station; while a charge is open it asks for one of the choices"),
        arguments=(
            *CHOICES,
            Argument(name="--take-back", help=N_("take back what waits until no charge is open"), flag=True),
        ),
        act=restart,
    ),
)
