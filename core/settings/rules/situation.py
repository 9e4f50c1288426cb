"""What a rule looks at: all values as they would be, and the station that they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from core.errors import Problem
from core.profile import HardwareProfile
from core.settings.conditions import holds
from core.settings.kinds import problem
from core.settings.rows import Row
from core.values.setting import Value


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """`values` of every setting (fixed ones too) after a change, `before` it, and the rows of the station.

    `whole`: they come together from a file, and nobody is editing a single one.
    """

    profile: HardwareProfile
    rows: Mapping[str, Row]
    values: Mapping[str, Value]
    before: Mapping[str, Value]
    whole: bool = False

    def text(self, key: str) -> str:
        """A value as text, empty where the setting does not exist."""
        return str(self.values.get(key, ""))

    def number(self, key: str) -> int:
        return int(self.values.get(key, 0))

    def is_on(self, key: str) -> bool:
        return self.values.get(key) == "yes"

    def exists(self, key: str) -> bool:
        return key in self.rows

    def relevant(self, key: str) -> bool:
        """True when the setting exists and no other one makes it idle."""
        return key in self.rows and holds(self.rows[key].setting.shown_when, self.values)

    def changed(self, key: str) -> bool:
        return self.values.get(key) != self.before.get(key)

    def edited(self, key: str) -> bool:
        """True when somebody changes just this one."""
        return not self.whole and self.changed(key)

    def points(self) -> range:
        return range(1, self.profile.charge_points + 1)

    def problem(self, key: str, template: str, **values: object) -> Problem:
        """A problem on the setting where it can be corrected; `{label}` is its label."""
        return problem(self.rows[key].setting, template, **values)


Rule = Callable[[Situation], Iterable[Problem]]
"""A pure function: what it finds, nothing when all is well."""
