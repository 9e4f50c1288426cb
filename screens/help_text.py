"""The help of a setting: in short under the form, and in full."""

from __future__ import annotations

import textwrap

from core.api import SettingView
from screens.checks import range_words
from screens.texts import N_, _

EFFECTS = {
    "now": N_("A change is followed at once."),
    "next_session": N_("A change is followed from the next charging session on."),
    "restart": N_("A change is followed after a restart of the station."),
}
RIGHTS = {"RW": N_("may change it"), "R": N_("may read it"), "N": N_("does not see it")}


def short_help(view: SettingView, width: int) -> str:
    """Two lines for the foot of the form."""
    text = f"{_(view.label)}: {_(view.help)}"
    return "\n".join(" " + line for line in textwrap.wrap(text, width, max_lines=2, placeholder=" (?)"))


def setting_help(view: SettingView) -> tuple[str, ...]:
    """Everything that there is to know of a setting."""
    lines = [_(view.label), "", _(view.help), ""]
    if view.kind == "choice":
        lines += [_("Choices: {choices}").format(choices=", ".join(_(c.label) for c in view.choices))]
    if view.kind == "number":
        lines += [_("Range: {range}").format(range=range_words(view))]
    if view.max_length is not None:
        lines += [_("At most {max} characters.").format(max=view.max_length)]
    if view.factory not in {None, ""}:
        lines += [_("Factory setting: {value}").format(value=_(factory_words(view)))]
    lines += [
        _(EFFECTS[view.takes_effect]),
        _("Administrator {admin}; user {user}.").format(
            admin=_(RIGHTS[view.admin]), user=_(RIGHTS[view.user])
        ),
        _("Name for commands: {key}").format(key=view.key),
    ]
    return tuple(lines)


def factory_words(view: SettingView) -> str:
    if view.kind in {"choice", "toggle"}:
        return next((c.label for c in view.choices if c.value == view.factory), str(view.factory))
    return f"{view.factory} {view.unit}".rstrip()
