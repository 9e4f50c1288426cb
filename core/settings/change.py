"""Works out what a change of several settings at once does."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

import msgspec

from core.errors import Conflict, NotAllowed, NotFound, Problem, StationError
from core.profile import HardwareProfile
from core.settings.cleaning import harmless
from core.settings.computed import COMPUTED
from core.settings.conditions import offered
from core.settings.kinds import as_text, problem, read_value
from core.settings.plan import Plan
from core.settings.rights import may_read, may_write
from core.settings.rows import Row, catalogue_keys
from core.settings.rules import find_notes, find_problems
from core.settings.rules.situation import Situation
from core.values.setting import ChoiceKind, TakesEffect, Value
from core.values.settings import Change


class ChangeMaker:
    """Plans changes to one state of the settings; a pure reader of it."""

    def __init__(
        self, profile: HardwareProfile, rows: Mapping[str, Row], values: Mapping[str, Value]
    ) -> None:
        self._profile = profile
        self._rows = rows
        self._before = values

    def plan(
        self,
        changes: Mapping[str, Value],
        *,
        account: str,
        seen: Mapping[str, Value | None],
        whole: bool = False,
    ) -> Plan:
        """As `Settings.plan`."""
        self._refuse_unknown(changes, account)
        self._refuse_foreign(changes, account)
        self._refuse_conflicts(changes, seen)
        values = dict(self._before)
        problems: list[Problem] = []
        for key, raw in changes.items():
            value = read_value(self._rows[key].setting, raw)
            if isinstance(value, Problem):
                problems.append(value)
            else:
                values[key] = value
        notes = self._follow(values, changes)
        situation = msgspec.structs.replace(self._situation(values), whole=whole)
        problems += self._not_offered(values, changes)
        known = self._known_problems()
        problems += [found for found in find_problems(situation) if found not in known]
        if whole:
            notes += [found for found in problems if self._is_secret(found)]
            problems = [found for found in problems if not self._is_secret(found)]
        if problems:
            return Plan(problems=tuple(problems))
        changed = {
            key: values[key]
            for key, row in self._rows.items()
            if values[key] != self._before[key] or (row.secret and key in changes)
        }
        return Plan(
            changes=tuple(self._change(key, value) for key, value in changed.items()),
            notes=tuple(self._placed(note) for note in (*notes, *find_notes(situation))),
            restart_needed=any(self._takes_restart(key) for key in changed),
            texts={
                key: as_text(value) for key, value in changed.items() if not self._rows[key].setting.computed
            },
            values=changed,
        )

    def _refuse_unknown(self, changes: Mapping[str, Value], account: str) -> None:
        problems = [self._unknown(key, account) for key in changes if key not in self._rows]
        if problems:
            raise _refusal(NotFound, problems)

    def _unknown(self, key: str, account: str) -> Problem:
        name = harmless(key)
        if key in catalogue_keys():
            return Problem(
                template="{name}: this station does not have this setting", values={"name": name}, key=key
            )
        readable = [row.key for row in self._rows.values() if may_read(row.setting, account)]
        near = difflib.get_close_matches(key[:100], readable, n=1)
        if not near:
            return Problem(template="{name}: there is no such setting", values={"name": name}, key=name)
        return Problem(
            template="{name}: there is no such setting; did you mean {near}?",
            values={"name": name, "near": near[0]},
            key=name,
        )

    def _refuse_foreign(self, changes: Mapping[str, Value], account: str) -> None:
        problems: list[Problem] = []
        for key in changes:
            setting = self._rows[key].setting
            if may_write(setting, account):
                continue
            template = "{label} ({name}): account {account} may not change it"
            if setting.computed:
                template = "{label} ({name}): follows from other settings and cannot be set"
            elif not may_write(setting, "admin"):
                template = "{label} ({name}): fixed at the factory and cannot be set"
            problems.append(problem(setting, template, name=key, account=account))
        if problems:
            raise _refusal(NotAllowed, problems)

    def _refuse_conflicts(self, changes: Mapping[str, Value], seen: Mapping[str, Value | None]) -> None:
        """A value that was changed to what is wanted now is no conflict."""
        moved: dict[str, str] = {}
        for key in changes:
            row = self._rows[key]
            if row.secret or seen.get(key) is None:
                continue
            now = self._before[key]
            if now not in (read_value(row.setting, seen[key]), read_value(row.setting, changes[key])):
                moved[key] = as_text(now)
        if moved:
            labels = ", ".join(self._rows[key].setting.label for key in moved)
            raise Conflict(
                "{labels}: changed by somebody else in the meantime",
                details=moved,
                key=next(iter(moved)),
                labels=labels,
            )

    def _follow(self, values: dict[str, Value], changes: Mapping[str, Value]) -> list[Problem]:
        """Carry out what follows: a choice no longer on offer gives way to the first that is."""
        notes: list[Problem] = []
        for key, row in self._rows.items():
            kind = row.setting.kind
            if key in changes or not isinstance(kind, ChoiceKind):
                continue
            choices = offered(row, values)
            if values[key] not in {choice.value for choice in choices}:
                values[key] = choices[0].value
                notes.append(problem(row.setting, "{label}: becomes {choice}", choice=choices[0].label))
        values |= {key: compute(values) for key, compute in COMPUTED.items() if key in self._rows}
        return notes

    def _not_offered(self, values: Mapping[str, Value], changes: Mapping[str, Value]) -> list[Problem]:
        """Choices that this station has, but not together with the other values."""
        found: list[Problem] = []
        for key in changes:
            row = self._rows[key]
            if not isinstance(row.setting.kind, ChoiceKind):
                continue
            choices = offered(row, values)
            if values[key] in {choice.value for choice in row.setting.kind.choices} and values[key] not in {
                choice.value for choice in choices
            }:
                found.append(
                    problem(
                        row.setting,
                        "{label}: one of {allowed} with these other settings, got {got}",
                        allowed=", ".join(choice.value for choice in choices),
                        got=values[key],
                    )
                )
        return found

    def _is_secret(self, found: Problem) -> bool:
        row = self._rows.get(found.key or "")
        return row is not None and row.secret

    def _situation(self, values: Mapping[str, Value]) -> Situation:
        return Situation(profile=self._profile, rows=self._rows, values=values, before=self._before)

    def _known_problems(self) -> tuple[Problem, ...]:
        """What was wrong before does not stand in the way of another change."""
        return find_problems(self._situation(self._before))

    def _placed(self, note: Problem) -> Problem:
        """The same, with the charge point where there are two."""
        point = (note.key or "").split(".")[1]
        if self._profile.charge_points == 1 or not point.isdecimal():
            return note
        values = {**note.values, "point": point}
        return Problem(template=f"Charge point {{point}}: {note.template}", values=values, key=note.key)

    def _takes_restart(self, key: str) -> bool:
        return self._rows[key].setting.takes_effect is TakesEffect.RESTART

    def _change(self, key: str, value: Value) -> Change:
        row = self._rows[key]
        return Change(
            key=key,
            label=row.setting.label,
            old=None if row.secret else self._before[key],
            new=None if row.secret else value,
            takes_effect=row.setting.takes_effect.value,
        )


def _refusal(kind: type[StationError], problems: Sequence[Problem]) -> StationError:
    error = kind(problems[0].template, key=problems[0].key, problems=problems)
    error.values = dict(problems[0].values)
    return error
