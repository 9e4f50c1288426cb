"""Finding a setting, a sub-tab or an action by a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from screens.tabs import Tab
from screens.texts import N_, _
from screens.visit import Visit

ACTIONS = (
    ("save", N_("Save changes")),
    ("review", N_("Review changes")),
    ("discard", N_("Discard changes")),
    ("about", N_("About this station and who is logged in")),
    ("theme", N_("Colours")),
    ("log_out", N_("Log out")),
)


def targets(tabs: Sequence[Tab], visit: Visit) -> list[tuple[str, str]]:
    """(where, words) of everything that can be gone to; `where` is `kind|tab|sub-tab|key or action`."""
    shown = {(tab.name, sub.name): f"{_(tab.label)} / {_(sub.label)}" for tab in tabs for sub in tab.sub_tabs}
    found = [(f"page|{tab}|{sub}|", words) for (tab, sub), words in shown.items()]
    found += [
        (
            f"page|{view.tab}|{view.sub_tab}|{view.key}",
            f"{_(view.label)}{_point(view.key)}   {shown[view.tab, view.sub_tab]}",
        )
        for view in visit.settings.values()
        if (view.tab, view.sub_tab) in shown
    ]
    return found + [(f"action|||{action}", _(words)) for action, words in ACTIONS]


def _point(key: str) -> str:
    number = key.split(".")[1]
    return f" {number}" if number.isdigit() else ""
