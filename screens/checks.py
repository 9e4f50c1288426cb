"""What can be said of a typed value at once, before the station is asked."""

from __future__ import annotations

from core.api import SettingView
from screens.texts import _


def problem(view: SettingView, typed: str) -> str:
    """Why the value cannot be right, in the words of its range; "" where nothing speaks against it."""
    if view.kind == "number":
        return _number_problem(view, typed)
    if view.max_length is not None and len(typed) > view.max_length:
        return _("At most {max} characters, this has {length}.").format(
            max=view.max_length, length=len(typed)
        )
    if view.required and not typed.strip():
        return _("A value is needed here.")
    return ""


def range_words(view: SettingView) -> str:
    """The range of a number with its unit, `0..32 A`; "" for other kinds."""
    if view.kind != "number" or view.minimum is None or view.maximum is None:
        return ""
    return f"{view.minimum}..{view.maximum} {view.unit}".rstrip()


def _number_problem(view: SettingView, typed: str) -> str:
    text = typed.strip()
    if not (text.isascii() and text.removeprefix("-").isdigit()):
        return _("A whole number is needed: {range}.").format(range=range_words(view))
    number = int(text)
    too_low = view.minimum is not None and number < view.minimum
    too_high = view.maximum is not None and number > view.maximum
    if too_low or too_high:
        return _("Outside the range {range}.").format(range=range_words(view))
    return ""
