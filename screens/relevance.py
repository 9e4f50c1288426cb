"""Whether a setting matters beside the other values on the form, saved or not."""

from __future__ import annotations

from core.api import SettingView
from screens.texts import _
from screens.visit import Visit


def is_relevant(view: SettingView, visit: Visit) -> bool:
    """Whether every setting that this one depends on has, on the form, a value under which it matters."""
    if not view.shown_when:
        return view.relevant
    return all(
        condition.key not in visit.settings
        or visit.value(condition.key) in {str(value) for value in condition.values}
        for condition in view.shown_when
    )


def idle_words(view: SettingView, visit: Visit) -> str:
    """Why the setting does not matter now; "" while it does."""
    if is_relevant(view, visit):
        return ""
    for condition in view.shown_when:
        cause = visit.settings.get(condition.key)
        now = visit.value(condition.key)
        if cause is not None and now not in {str(value) for value in condition.values}:
            return _("not used while {setting} is {value}").format(
                setting=_(cause.label), value=_(visit.words(condition.key, now))
            )
    return _("not used now")
