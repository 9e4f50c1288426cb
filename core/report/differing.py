"""Which settings are not as the factory left them, and which secrets are set."""

from __future__ import annotations

from collections.abc import Iterable

from core.values.config import SecretLeft
from core.values.report import DifferingSetting
from core.values.setting import Value
from core.values.settings import SettingView

LONGEST_WORDS = 200
"""Characters of a value in words; certificates are longer and say nothing to a person."""


def differing(views: Iterable[SettingView]) -> tuple[DifferingSetting, ...]:
    """The settings whose saved value is not the factory's, in their order; computed ones never are."""
    return tuple(
        DifferingSetting(
            key=view.key,
            tab=view.tab,
            sub_tab=view.sub_tab,
            label=view.label,
            value=view.value,
            factory=view.factory,
            words=_words(view, view.value),
            factory_words=_words(view, view.factory),
            waits=view.running is not None,
        )
        for view in views
        if view.value is not None
        and view.factory is not None
        and view.value != view.factory
        and not view.computed
    )


def secrets(views: Iterable[SettingView]) -> tuple[SecretLeft, ...]:
    """Every secret that is set, and those that the station needs now; never what they are."""
    return tuple(
        SecretLeft(key=view.key, label=view.label, set=view.set)
        for view in views
        if view.kind == "secret" and (view.set or view.relevant)
    )


def _words(view: SettingView, value: Value) -> str:
    if view.form == "pem" and value:
        return f"PEM, {len(str(value).splitlines())} lines"
    if view.kind in {"choice", "toggle"}:
        return next((choice.label for choice in view.choices if choice.value == value), str(value))
    return f"{value} {view.unit}".rstrip()[:LONGEST_WORDS]
