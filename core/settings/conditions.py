"""Which settings and choices matter under given values of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.settings.rows import Row
from core.values.setting import Choice, ChoiceKind, ShownWhen, Value


def holds(conditions: Iterable[ShownWhen], values: Mapping[str, Value]) -> bool:
    """True when each named setting has one of the named values."""
    return all(values.get(condition.key) in condition.values for condition in conditions)


def offered(row: Row, values: Mapping[str, Value]) -> tuple[Choice, ...]:
    """The choices on offer now, in their order."""
    if not isinstance(row.setting.kind, ChoiceKind):
        return ()
    return tuple(choice for choice in row.setting.kind.choices if holds(choice.when, values))
