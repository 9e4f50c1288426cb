"""Writes the `.cfg` file: every setting that can be set, by tab and sub-tab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from core.settings.cfg_file import FORMAT
from core.settings.cfg_text import written
from core.settings.cleaning import harmless
from core.settings.kinds import as_text
from core.settings.rights import may_write
from core.settings.rows import Row
from core.settings.sub_tabs import SUB_TABS, TAB_TITLES
from core.values.setting import ChoiceKind, NumberKind, ToggleKind, Value

OWN = "factory"
"""Written for a value that is the hardware's own, such as the MAC address: each station has another one."""

_ABOUT = (
    "Settings of a charging station, to be copied to another one of its family or kept as a copy.",
    "One `key = value` a line; # begins a comment on a line of its own. A value with # or blanks",
    "around it stands in quotation marks. A line that is taken out leaves that setting as it is.",
    "Not in this file: passwords and keys, which every station keeps for itself, and badges.",
)


def file_of(
    rows: Iterable[Row], values: Mapping[str, Value], *, family: str, version: str, station: str
) -> bytes:
    """The whole file: UTF-8, LF. The same settings always give the same bytes at the same station."""
    lines = [
        *(f"# {line}" for line in _ABOUT),
        f"# Written by: {harmless(station)}",
        "",
        f"format = {FORMAT}",
        f"version = {written(version)}",
        f"family = {family}",
    ]
    titles = {(each.tab, each.sub_tab): each.title for each in SUB_TABS}
    for place, group in groupby(rows, key=lambda row: (row.setting.tab, row.setting.sub_tab)):
        lines += ["", f"# {TAB_TITLES[place[0]]} / {titles[place]}", ""]
        for row in group:
            lines += _lines(row, values[row.key])
    return "\n".join((*lines, "")).encode()


def _lines(row: Row, value: Value) -> Iterator[str]:
    """The label with what is allowed, and the value; only a comment where nothing can be set by a file."""
    setting = row.setting
    if row.secret:
        yield f"# {setting.label} ({row.key}): secret, never in a file"
    elif not may_write(setting, "admin"):
        why = "follows from other settings" if setting.computed else "fixed at the factory"
        yield f"# {setting.label} ({row.key}): {written(as_text(value))}, {why}"
    elif setting.factory_from and value == row.factory:
        yield f"# {setting.label}: here {written(as_text(value))}; {OWN}: every station its own"
        yield f"{row.key} = {OWN}"
    else:
        yield f"# {setting.label}{_allowed(row)}"
        yield f"{row.key} = {written(as_text(value))}"


def _allowed(row: Row) -> str:
    match row.setting.kind:
        case ChoiceKind(choices=choices):
            return ": " + ", ".join(choice.value for choice in choices)
        case ToggleKind():
            return ": yes, no"
        case NumberKind(minimum=minimum, maximum=maximum, unit=unit):
            return f": {minimum} to {maximum} {unit}".rstrip()
    return ""
