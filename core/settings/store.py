"""The settings of one station: what is saved, what the station follows, and what a change would do."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import Problem
from core.profile import HardwareProfile
from core.settings.change import ChangeMaker
from core.settings.computed import COMPUTED
from core.settings.fixed import fixed_values
from core.settings.kinds import read_value
from core.settings.plan import Plan
from core.settings.rights import may_read
from core.settings.rows import Row, station_rows
from core.settings.rules import find_problems
from core.settings.rules.situation import Situation
from core.settings.views import view
from core.values.setting import TakesEffect, Value
from core.values.settings import SettingView


class Settings:
    """Values of every setting, in memory; whoever stores a plan calls `accept` afterwards.

    One change at a time: nothing else may be planned between `plan` and `accept`.
    `saved` are the stored texts by key, secrets in clear. A text that does not fit this station
    (stored for other hardware) is left aside for the factory setting and listed in `unreadable`.
    """

    def __init__(self, profile: HardwareProfile, saved: Mapping[str, str]) -> None:
        self._profile = profile
        self._rows = {row.key: row for row in station_rows(profile)}
        self._values: dict[str, Value] = dict(fixed_values(profile))
        self._values |= {row.key: row.factory for row in self._rows.values()}
        self.unreadable: tuple[Problem, ...] = self._take_over(saved)
        self._values |= {key: value for key, value in self._computed().items() if key in self._rows}
        self._started_with = dict(self._values)
        self._on_trial: Mapping[str, Value] = {}

    def _take_over(self, saved: Mapping[str, str]) -> tuple[Problem, ...]:
        found: list[Problem] = []
        for key, text in saved.items():
            row = self._rows.get(key)
            if row is None or row.setting.computed:
                continue
            value = read_value(row.setting, text)
            if isinstance(value, Problem):
                found.append(value)
            else:
                self._values[key] = value
        return tuple(found)

    def _computed(self) -> dict[str, Value]:
        return {key: compute(self._values) for key, compute in COMPUTED.items()}

    @property
    def rows(self) -> Mapping[str, Row]:
        """Every setting of this station by its key, in the order of the guide."""
        return self._rows

    def value(self, key: str) -> Value:
        """The saved value, secrets in clear; the fixed value of a setting that this station does not have.

        Raises KeyError for a name that no setting has.
        """
        return self._values[key]

    def running(self, key: str) -> Value:
        """The value that the station follows: on trial, or of its start where a change takes a restart."""
        if key in self._on_trial:
            return self._on_trial[key]
        row = self._rows.get(key)
        if row is not None and row.setting.takes_effect is TakesEffect.RESTART:
            return self._started_with[key]
        return self._values[key]

    def number(self, key: str) -> int:
        """The running value of a number. Raises TypeError for any other setting."""
        value = self.running(key)
        if isinstance(value, int):
            return value
        raise TypeError(f"{key} is not a number")

    def text(self, key: str) -> str:
        """The running value of a choice, a text or a secret. Raises TypeError for a number."""
        value = self.running(key)
        if isinstance(value, str):
            return value
        raise TypeError(f"{key} is a number")

    def is_on(self, key: str) -> bool:
        """The running value of a toggle. Raises TypeError for any other setting."""
        value = self.text(key)
        if value in ("yes", "no"):
            return value == "yes"
        raise TypeError(f"{key} is not a toggle")

    def views(self, account: str) -> tuple[SettingView, ...]:
        """Every setting that this account may read, in the order of the guide."""
        running = {key: self.running(key) for key in self._rows}
        return tuple(
            view(row, account, self._values, running, on_trial=row.key in self._on_trial)
            for row in self._rows.values()
            if may_read(row.setting, account)
        )

    def restart_keys(self) -> tuple[str, ...]:
        """Settings whose saved value waits for a restart."""
        return tuple(
            key for key in self._rows if key not in self._on_trial and self.running(key) != self._values[key]
        )

    def try_out(self, values: Mapping[str, Value]) -> None:
        """Follow these values instead of the saved ones; none: the saved ones again."""
        self._on_trial = dict(values)

    def inconsistencies(self) -> tuple[Problem, ...]:
        """Rules that the saved settings break, as after a change of hardware."""
        return find_problems(
            Situation(profile=self._profile, rows=self._rows, values=self._values, before=self._values)
        )

    def plan(
        self,
        changes: Mapping[str, Value],
        *,
        account: str,
        seen: Mapping[str, Value | None] | None = None,
        whole: bool = False,
    ) -> Plan:
        """What saving `changes` at once would do; nothing is changed yet.

        Raises NotFound for keys that are not settings of this station, NotAllowed for those that the
        account may not write, Conflict where a value is no longer the one in `seen`. Values and
        combinations that are not acceptable are the plan's `problems`. `whole`: the changes are those of a
        file, which holds no secrets: one that is missing becomes a note.
        """
        maker = ChangeMaker(self._profile, self._rows, self._values)
        return maker.plan(changes, account=account, seen=seen or {}, whole=whole)

    def accept(self, plan: Plan) -> None:
        """Take over a plan that was stored. Raises ValueError for one that has problems."""
        if plan.problems:
            raise ValueError("a plan with problems cannot be accepted")
        self._values |= plan.values
