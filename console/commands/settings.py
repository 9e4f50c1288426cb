"""`settings`: list, read and change the parameters of the station."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from console.commands.command import Argument, Call, Command
from console.commands.notes import with_notes
from console.commands.output import columns
from console.texts import N_, _
from core.api import Change, ChangeOutcome, SettingView
from core.errors import Invalid, NotFound
from core.values.setting import Value
from screens.refusals import refusal_words


def pair(text: str) -> tuple[str, str]:
    """Read KEY=VALUE; the value may be empty and may hold `=`."""
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(_("KEY=VALUE is expected, not {text!r}").format(text=text[:40]))
    return key, value


def as_json(view: SettingView) -> dict[str, Any]:
    """What `--json` says of a setting; the range has the keys of its kind."""
    told: dict[str, Any] = msgspec.to_builtins(view)
    told["choices"] = [choice.value for choice in view.choices]
    ranges = {"choice": {"choices"}, "number": {"minimum", "maximum"}}.get(view.kind, {"max_length"})
    left_out = {"choices", "minimum", "maximum", "max_length"} - ranges
    return {name: value for name, value in told.items() if name not in left_out}


def shown_value(view: SettingView) -> str:
    """The value as a person reads it; a secret only says whether there is one."""
    if view.kind == "secret":
        return _("(set)") if view.set else _("(not set)")
    return f"{view.value} {view.unit}".strip() if view.value not in (None, "") else "-"


def shown_range(view: SettingView) -> str:
    """What is allowed, in one line."""
    if view.kind == "choice":
        return ", ".join(choice.value for choice in view.choices)
    if view.kind == "toggle":
        return "yes, no"
    if view.kind == "number":
        return f"{view.minimum}..{view.maximum} {view.unit}".strip()
    return _("at most {count} characters").format(count=view.max_length)


def note(view: SettingView) -> str:
    """What else is to be known of a value: read only, waiting for a restart."""
    notes = [] if view.writable else [_("read only")]
    if view.on_trial:
        notes.append(_("{value} on trial").format(value=view.running))
    elif view.running is not None and view.running != view.value:
        notes.append(_("{value} until the restart").format(value=view.running))
    return ", ".join(notes)


async def list_settings(call: Call) -> None:
    views = await (await call.station()).settings()
    if call.json:
        await call.answer({"settings": [as_json(view) for view in views]})
        return
    await call.out.data(
        columns([(view.key, shown_value(view), note(view) or shown_range(view)) for view in views])
    )


async def get(call: Call) -> None:
    key = call.options.key
    views = await (await call.station()).settings()
    view = next((view for view in views if view.key == key), None)
    if view is None:
        raise NotFound(_("There is no setting {name} on this station."), key=key[:80], name=key[:80])
    if call.json:
        await call.answer({"setting": as_json(view)})
    elif view.kind == "secret":
        await call.say(shown_value(view))
    else:
        await call.say("" if view.value is None else str(view.value))


def change_line(change: Change) -> str:
    """One change: old -> new, and when the station follows it."""
    shown = [_("(secret)") if value is None else str(value) or "-" for value in (change.old, change.new)]
    when = {
        "restart": _("after the restart"),
        "next_session": _("from the next charge"),
    }.get(change.takes_effect, "")
    line = f"{change.key}: {shown[0]} -> {shown[1]}"
    return f"{line} ({when})" if when else line


async def tell(call: Call, outcome: ChangeOutcome) -> None:
    """Say what a change did, or would do."""
    if call.json:
        await call.answer(with_notes(outcome, outcome.notes), changed=outcome.saved and bool(outcome.changes))
        return
    for change in outcome.changes:
        await call.say(change_line(change))
    for note in outcome.notes:
        await call.say(refusal_words(note))
    if not outcome.changes:
        await call.say(_("Nothing changes."))
    elif not outcome.saved:
        await call.say(_("Nothing was saved: this was a dry run."))
    elif outcome.confirm_within_s:
        await call.say(_("The change of the network is on trial: `network show`, `network confirm`."))
    if outcome.changes and outcome.restart_needed:
        await call.say(_("The station must restart to follow all of it: `restart`."))


async def set_values(call: Call) -> None:
    changes: dict[str, Value] = {}
    for key, value in call.options.pairs:
        if key in changes:
            raise Invalid(_("{name} is given twice."), key=key[:80], name=key[:80])
        changes[key] = value
    station = await call.station()
    outcome = await station.change_settings(changes, dry_run=call.options.dry_run)
    if outcome.problems:
        raise Invalid.from_problems(outcome.problems)
    await tell(call, outcome)


COMMANDS = (
    Command(
        words=("settings", "list"),
        summary=N_("List the parameters that this account may read"),
        act=list_settings,
    ),
    Command(
        words=("settings", "get"),
        usage="KEY",
        summary=N_("Show the value of one parameter"),
        arguments=(Argument(name="key", help=N_("as `settings list` names it")),),
        act=get,
    ),
    Command(
        words=("settings", "set"),
        usage="KEY=VALUE... [--dry-run]",
        summary=N_("Change parameters, all of them or none"),
        arguments=(
            Argument(name="pairs", help=N_("parameters with their new values"), kind=pair, many=True),
            Argument(name="--dry-run", help=N_("say what would change, and change nothing"), flag=True),
        ),
        act=set_values,
    ),
)
