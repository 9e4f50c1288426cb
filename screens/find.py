"""Finding a setting, a sub-tab or an action by a part of its name or its help."""

from __future__ import annotations

from collections.abc import Sequence

from core.api import SettingView
from screens.pick_list import Pick
from screens.sections import section_words
from screens.tabs import Tab
from screens.texts import N_, _
from screens.visit import Visit

ACTIONS = (
    ("save", N_("Save changes")),
    ("review", N_("Review changes")),
    ("discard", N_("Discard changes")),
    ("show_log", N_("Audit and events: the log")),
    ("export_report", N_("Export the maintenance report (.html)")),
    ("about", N_("About this station and who is logged in")),
    ("theme", N_("Colours")),
    ("log_out", N_("Log out")),
    ("restart", N_("Restart the station")),
)

FOR_ADMIN = (
    ("export_config", N_("Export the station configuration (.cfg)")),
    ("import_config", N_("Import a station configuration (.cfg)")),
    ("restore_factory", N_("Restore the factory settings")),
    ("erase_personal", N_("Erase personal data")),
)


def targets(tabs: Sequence[Tab], visit: Visit) -> list[Pick]:
    """Everything that can be gone to; the value is `kind|tab|sub-tab|key or action`."""
    shown = {(tab.name, sub.name): f"{_(tab.label)} / {_(sub.label)}" for tab in tabs for sub in tab.sub_tabs}
    found = [Pick(value=f"page|{tab}|{sub}|", words=words) for (tab, sub), words in shown.items()]
    found += [
        Pick(
            value=f"page|{view.tab}|{view.sub_tab}|{view.key}",
            words=_(view.label),
            place=place_of(view, shown[view.tab, view.sub_tab]),
            more=" ".join(
                [
                    shown[view.tab, view.sub_tab],
                    _(view.help),
                    *(_(choice.label) for choice in view.choices),
                    view.key,
                ]
            ),
        )
        for view in visit.settings.values()
        if (view.tab, view.sub_tab) in shown
    ]
    actions = (*FOR_ADMIN, *ACTIONS) if visit.is_admin else ACTIONS
    return found + [Pick(value=f"action|||{action}", words=_(words)) for action, words in actions]


def place_of(view: SettingView, sub_tab: str) -> str:
    """Where a setting stands: its sub-tab, or the heading of its charge point or protocol there."""
    section = section_words(view.key)
    return f"{sub_tab.partition(' / ')[0]} / {section}" if section else sub_tab
