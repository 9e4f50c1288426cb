"""Tells what the import of a `.cfg` file into the settings of a station does, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.errors import Problem
from core.settings.cfg_judging import Meaning
from core.settings.rows import Row
from core.settings.store import Settings
from core.values.config import ConfigImport, SecretLeft
from core.values.setting import Value
from core.values.settings import ChangeOutcome


def seen_by(meaning: Meaning, seen: Mapping[str, Value] | None) -> Mapping[str, Value] | None:
    """What a look at the differences showed: settings without an old value had that of the file."""
    return None if seen is None else {**meaning.changes, **seen}


def told(settings: Settings, meaning: Meaning, outcome: ChangeOutcome, *, version: str) -> ConfigImport:
    """What came of the values of a file, or would come of them, and all that is wrong with the file."""
    problems = in_order(meaning, outcome.problems)
    if problems:
        return ConfigImport(saved=False, version=version, problems=problems)
    changed = {change.key for change in outcome.changes}
    return ConfigImport(
        saved=outcome.saved,
        version=version,
        changes=outcome.changes,
        unchanged=len(meaning.changes.keys() - changed),
        left=meaning.left,
        absent=meaning.absent,
        secrets=tuple(_secret(row, settings) for row in settings.rows.values() if row.secret),
        restart_needed=outcome.restart_needed,
        confirm_within_s=outcome.confirm_within_s,
        notes=outcome.notes,
    )


def in_order(meaning: Meaning, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Faults of the whole file come first, then those of each line, last those of values together."""
    known = {problem.key for problem in meaning.problems if problem.key is not None}
    placed = [meaning.placed(problem) for problem in problems if problem.key not in known]
    return tuple(sorted((*meaning.problems, *placed), key=_line))


def _secret(row: Row, settings: Settings) -> SecretLeft:
    return SecretLeft(key=row.key, label=row.setting.label, set=settings.value(row.key) != "")


def _line(problem: Problem) -> int:
    if "line" in problem.values:
        return int(problem.values["line"])
    return 0 if problem.key is None else 10**6
