"""The settings of publication as somebody has entered them, not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.errors import Invalid
from core.settings.store import Settings
from core.values.setting import Value


class Reader(Protocol):
    """What is read of the settings."""

    def number(self, key: str) -> int: ...

    def text(self, key: str) -> str: ...


class Proposed:
    """Reads like the settings, with `values` before them."""

    def __init__(self, settings: Settings, values: Mapping[str, Value]) -> None:
        self._settings = settings
        self._values = values

    def number(self, key: str) -> int:
        value = self._values.get(key)
        return value if isinstance(value, int) else self._settings.number(key)

    def text(self, key: str) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else self._settings.text(key)


def proposed(settings: Settings, changes: Mapping[str, Value], account: str) -> Proposed:
    """The settings with `changes`, complete enough to reach a server.

    Raises Invalid with all that is missing or wrong; NotFound, NotAllowed as saving them does.
    """
    complete = dict(changes)
    if complete.get("publication.frequency", settings.text("publication.frequency")) == "disabled":
        complete["publication.frequency"] = "daily"
    plan = settings.plan(complete, account=account)
    if plan.problems:
        raise Invalid.from_problems(plan.problems)
    return Proposed(settings, plan.values)
