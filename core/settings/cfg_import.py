"""Plans the import of a `.cfg` file into the settings of a station: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Problem
from core.settings.cfg_judging import Meaning
from core.settings.plan import Plan
from core.settings.store import Settings
from core.values.config import ConfigImport, SecretLeft
from core.values.setting import Value


def plan_import(
    settings: Settings, meaning: Meaning, *, account: str, seen: Mapping[str, Value] | None
) -> Plan:
    """The plan of the whole file; its problems are those of every line and of the values together.

    `seen` are the values that a look at the differences showed, by key; settings that it does not have were
    seen with the value of the file. Raises Conflict, NotAllowed.
    """
    known = None if seen is None else {**meaning.changes, **seen}
    plan = settings.plan(meaning.changes, account=account, seen=known, whole=True)
    problems = (*meaning.problems, *(meaning.placed(found) for found in plan.problems))
    return Plan(problems=tuple(sorted(problems, key=_line))) if problems else plan


def told(settings: Settings, meaning: Meaning, plan: Plan, *, version: str) -> ConfigImport:
    """What a plan would do, before it is accepted."""
    if plan.problems:
        return ConfigImport(saved=False, version=version, problems=plan.problems)
    changed = {change.key for change in plan.changes}
    return ConfigImport(
        saved=False,
        version=version,
        changes=plan.changes,
        unchanged=len(meaning.changes.keys() - changed),
        left=meaning.left,
        absent=meaning.absent,
        secrets=tuple(
            SecretLeft(key=row.key, label=row.setting.label, set=settings.value(row.key) != "")
            for row in settings.rows.values()
            if row.secret
        ),
        restart_needed=plan.restart_needed,
        notes=plan.notes,
    )


def _line(problem: Problem) -> int:
    """Faults of the whole file come first, those of values together without a line last."""
    if "line" in problem.values:
        return int(problem.values["line"])
    return 0 if problem.key is None else 10**6
