"""Writes the settings reference of the documentation from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from core.settings.catalogue import CATALOGUE
from core.settings.fixed import FIXED
from core.settings.sub_tabs import SUB_TABS, TAB_TITLES
from core.values.setting import (
    EVERYWHERE,
    Choice,
    ChoiceKind,
    Exists,
    Kind,
    NumberKind,
    SecretKind,
    Setting,
    TakesEffect,
    TextKind,
    ToggleKind,
    Value,
)

HEAD = """# Settings

Every setting of the station, by tab and sub-tab. This page is written by `scripts/docs` from the
catalogue in `core/settings/catalogue/`; do not edit it by hand.

`N` in a key is the number of the charge point. Rights: `RW` read and write, `R` read only, `N` neither. A
setting that does not exist on a station is followed at the value under *Elsewhere*, where there is one.
"""

FACTS: Mapping[str, str] = {
    "rfid_reader": "a badge reader",
    "key_lock": "a key lock",
    "wifi_card": "a Wi-Fi card",
    "modem": "a modem",
    "two_points": "two charge points",
}
FACTORY_FACTS: Mapping[str, str] = {
    "mac_address": "made of the serial number",
    "position": "the number of the charge point",
    "rated_current": "as the hardware",
    "socket_type": "as the hardware",
}
EFFECTS: Mapping[TakesEffect, str] = {
    TakesEffect.NOW: "at once",
    TakesEffect.NEXT_SESSION: "with the next charging session",
    TakesEffect.RESTART: "after a restart",
}


def reference() -> str:
    """The whole page, in Markdown."""
    titles = {(each.tab, each.sub_tab): each.title for each in SUB_TABS}
    parts = [HEAD]
    for (tab, sub_tab), settings in groupby(CATALOGUE, key=lambda each: (each.tab, each.sub_tab)):
        parts.append(f"## {TAB_TITLES[tab]}: {titles[tab, sub_tab]}\n")
        parts += ["\n".join(_section(setting)) + "\n" for setting in settings]
    return "\n".join(parts)


def _section(setting: Setting) -> Iterator[str]:
    yield f"### {setting.label}\n"
    yield f"`{setting.key.replace('{n}', 'N')}`\n"
    yield f"{setting.help}\n"
    yield f"- Rights: admin `{setting.admin}`, user `{setting.user}`"
    if setting.computed:
        yield "- Follows from other settings"
    yield f"- Range: {_range(setting.kind)}"
    yield f"- Factory setting: {_factory(setting)}"
    yield f"- Takes effect: {EFFECTS[setting.takes_effect]}"
    if setting.exists != EVERYWHERE:
        yield f"- Exists: {_where(setting.exists)}"
    if setting.key in FIXED:
        yield f"- Elsewhere: {_by_name(FIXED[setting.key])}"
    for condition in setting.shown_when:
        values = " or ".join(f"`{value}`" for value in condition.values)
        yield f"- Only matters while `{condition.key.replace('{n}', 'N')}` is {values}"


def _range(kind: Kind) -> str:
    match kind:
        case ChoiceKind():
            return "; ".join(_choice(choice) for choice in kind.choices)
        case ToggleKind():
            return f"`yes` ({kind.yes}); `no` ({kind.no})"
        case NumberKind():
            limit = f", at most `{kind.maximum_from.replace('{n}', 'N')}`" if kind.maximum_from else ""
            return f"{kind.minimum} to {kind.maximum} {kind.unit}".strip() + limit
        case TextKind():
            needed = ", not empty" if kind.required else ""
            return f"text of at most {kind.max_length} characters{_form(kind.form)}{needed}"
        case SecretKind():
            return f"secret of at most {kind.max_length} characters{_form(kind.form)}"


def _form(form: str) -> str:
    return "" if form == "free" else f" ({form})"


def _choice(choice: Choice) -> str:
    conditions = [_where(choice.exists)] if choice.exists != EVERYWHERE else []
    conditions += [
        f"while `{condition.key}` is {' or '.join(f'`{value}`' for value in condition.values)}"
        for condition in choice.when
    ]
    return f"`{choice.value}` ({', '.join([choice.label, *conditions])})"


def _factory(setting: Setting) -> str:
    if setting.factory_from:
        return FACTORY_FACTS[setting.factory_from]
    if isinstance(setting.factory, Mapping):
        return _by_name(setting.factory)
    return "empty" if setting.factory == "" else f"`{setting.factory}`"


def _by_name(values: Mapping[str, Value]) -> str:
    """`16` (wallbox), `32` (all others)."""
    if len(values) == 1:
        return f"`{values['']}`"
    return ", ".join(
        f"`{value}` ({FACTS.get(name) or name or 'all others'})" for name, value in values.items()
    )


def _where(exists: Exists) -> str:
    families = "" if exists.families == EVERYWHERE.families else f"on {' and '.join(exists.families)}"
    needs = [f"with {FACTS[fact]}" for fact in exists.needs]
    lacks = [f"without {FACTS[fact]}" for fact in exists.lacks]
    return " ".join(part for part in (families, *needs, *lacks) if part)
