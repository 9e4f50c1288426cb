"""`network`: how the station is reached, and changes that must be confirmed."""

from __future__ import annotations

from typing import Any

from console.commands.command import Argument, Call, Command
from console.commands.kinds import whole_number
from console.commands.settings import pair, tell
from console.texts import N_, _
from core.api import NetworkStatus
from core.errors import Invalid
from core.values.network import CONFIRM_WITHIN_S
from core.values.setting import Value
from screens.network_words import check_line, trial_lines


def full_keys(pairs: list[tuple[str, str]]) -> dict[str, Value]:
    """The changes by settings key; `ip_address` alone means `network.ip_address`. Raises Invalid."""
    changes: dict[str, Value] = {}
    for name, value in pairs:
        key = name if "." in name else f"network.{name}"
        if key in changes:
            raise Invalid(_("{name} is given twice."), key=key[:80], name=key[:80])
        changes[key] = value
    return changes


async def show(call: Call) -> None:
    await _tell(call, await (await call.station()).network())


async def _tell(call: Call, found: NetworkStatus, *, changed: bool | None = None) -> None:
    if call.json:
        await call.answer(found, changed=changed)
        return
    driver = f"{found.driver} {found.interface}".rstrip()
    await call.say(_("Driver {driver}").format(driver=driver))
    for key, value in found.in_force.items():
        saved = found.saved[key]
        line = f"{key} = {value or '-'}"
        if saved != value:
            line += " " + _("(on trial; saved: {saved})").format(saved=saved or "-")
        await call.say(line)
    if found.problem:
        await call.say(_("Not in force yet: {problem}").format(problem=found.problem))
    if found.trial is not None:
        for line in trial_lines(found.trial):
            await call.say(line)
        for check in found.trial.checks:
            await call.say(check_line(check))


async def set_values(call: Call) -> None:
    options: Any = call.options
    changes = full_keys(options.pairs)
    station = await call.station()
    outcome = await station.change_network(
        changes, confirm_within_s=options.confirm_within, dry_run=options.dry_run
    )
    if outcome.problems:
        raise Invalid.from_problems(outcome.problems)
    await tell(call, outcome)


async def confirm(call: Call) -> None:
    found = await (await call.station()).confirm_network()
    if call.json:
        await call.answer(found, changed=True)
    else:
        await call.say(_("Confirmed: these network settings are saved."))


async def revert(call: Call) -> None:
    found = await (await call.station()).revert_network()
    if call.json:
        await call.answer(found, changed=True)
    else:
        await call.say(_("Taken back: the saved network settings are in force again."))


async def extend(call: Call) -> None:
    await _tell(call, await (await call.station()).extend_network_trial(), changed=True)


COMMANDS = (
    Command(
        words=("network", "show"),
        summary=N_("Show how the station is reached, and the change that waits to be confirmed"),
        act=show,
    ),
    Command(
        words=("network", "set"),
        usage="KEY=VALUE... [--confirm-within SECONDS] [--dry-run]",
        summary=N_("Put network settings in force on trial; without confirmation the old ones come back"),
        arguments=(
            Argument(
                name="pairs",
                help=N_("`network.` and `wifi.` parameters with their values; `network.` may be left out"),
                kind=pair,
                many=True,
            ),
            Argument(
                name="--confirm-within",
                metavar="SECONDS",
                help=N_("10 to 3600, 120 unless given: so long the change waits for `network confirm`"),
                kind=whole_number(0, 1_000_000),
                default=CONFIRM_WITHIN_S,
            ),
            Argument(name="--dry-run", help=N_("say what would change, and change nothing"), flag=True),
        ),
        act=set_values,
    ),
    Command(
        words=("network", "confirm"),
        summary=N_("Keep the change: from a new session at the new address, or on the machine"),
        act=confirm,
    ),
    Command(
        words=("network", "extend"),
        summary=N_("Give the trial its whole time again"),
        act=extend,
    ),
    Command(
        words=("network", "revert"),
        summary=N_("Take the change back now"),
        act=revert,
    ),
)
