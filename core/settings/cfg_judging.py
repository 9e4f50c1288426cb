"""What a `.cfg` file means to one station, line by line: what it sets, what it leaves, what is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import msgspec

from core.errors import Problem
from core.settings.cfg_file import CfgFile, Entry, on_line
from core.settings.cfg_writing import OWN
from core.settings.kinds import problem, read_value
from core.settings.rights import may_write
from core.settings.rows import Row, catalogue_setting
from core.values.setting import SecretKind, Setting, Value

NETWORK = ("network", "wifi")
"""Sub-tabs that an import can leave as they are."""
MOST_GUESSES = 50
"""So many unknown keys are told which one may be meant; looking for it takes time."""


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """`changes` are the values to set, as text; `lines` where each key stands.

    `left` are keys of the station that the file does not set, `absent` keys that this station does not have.
    """

    changes: Mapping[str, Value]
    lines: Mapping[str, int]
    left: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def placed(self, fault: Problem) -> Problem:
        """A fault of a setting with the line where it is set; unchanged where the file does not set it."""
        line = self.lines.get(fault.key or "")
        return fault if line is None else on_line(line, fault)


def judge(file: CfgFile, rows: Mapping[str, Row], *, family: str, keep_network: bool) -> Meaning:
    """Every setting of the file against those of the station; combinations of values are judged later.

    A file for others is not judged: only that is told, and which lines nobody can read.
    """
    if file.is_foreign:
        return Meaning(changes={}, lines={}, problems=file.problems)
    changes: dict[str, Value] = {}
    kept: set[str] = set()
    absent: list[str] = []
    problems = list(file.problems)
    for entry in file.entries:
        row = rows.get(entry.key)
        found = _wrong(entry, rows, family, may_guess=len(problems) < MOST_GUESSES)
        if found is not None:
            problems.append(on_line(entry.line, found))
        elif row is None:
            absent.append(entry.key)
        elif keep_network and row.setting.sub_tab in NETWORK:
            kept.add(entry.key)
        else:
            changes[entry.key] = row.factory if _is_own(entry, row.setting) else entry.text
    return Meaning(
        changes=changes,
        lines={entry.key: entry.line for entry in file.entries},
        left=tuple(
            row.key
            for row in rows.values()
            if may_write(row.setting, "admin") and not row.secret and row.key not in changes
        ),
        absent=tuple(absent),
        problems=tuple(problems),
    )


def _wrong(entry: Entry, rows: Mapping[str, Row], family: str, *, may_guess: bool) -> Problem | None:
    """What is wrong with a line by itself; a value is never quoted for a key that could be a secret's."""
    row = rows.get(entry.key)
    setting = row.setting if row is not None else catalogue_setting(entry.key)
    if setting is None:
        near = difflib.get_close_matches(entry.key, rows, n=1) if may_guess else []
        template = "{name}: there is no such setting"
        if near:
            template += "; did you mean {near}?"
        return Problem(template=template, values={"name": entry.key, "near": near[0] if near else ""})
    setting = msgspec.structs.replace(setting, key=entry.key)
    if row is None and not _family_has(setting, family):
        return problem(setting, "{label}: no station of the family {family} has this", family=family)
    if isinstance(setting.kind, SecretKind):
        return problem(setting, "{label}: never taken from a file; take the line out and enter it yourself")
    if setting.computed:
        return problem(setting, "{label}: follows from other settings; take the line out")
    if not may_write(setting, "admin"):
        return problem(setting, "{label}: fixed at the factory; take the line out")
    if _is_own(entry, setting):
        return None
    value = read_value(setting, entry.text)
    return value if isinstance(value, Problem) else None


def _is_own(entry: Entry, setting: Setting) -> bool:
    return bool(setting.factory_from) and entry.text == OWN


def _family_has(setting: Setting, family: str) -> bool:
    """Whether some station of the family has the setting; a wallbox never has a second charge point."""
    return family in setting.exists.families and not (family == "wallbox" and ".2." in setting.key)
