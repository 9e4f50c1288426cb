"""Reads a TOML table entry by entry and collects everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.errors import Problem

Toml = Mapping[str, object]


class Table:
    """One table of the file under its name (`socket 1`); what it finds wrong goes to `problems`.

    Every reader returns a usable value even after a problem, so that the rest is still looked at.
    """

    def __init__(self, values: Toml, name: str, problems: list[Problem]) -> None:
        self._left = dict(values)
        self._name = name
        self.problems = problems

    @property
    def is_empty(self) -> bool:
        """True when nothing stands in it that nobody asked for yet."""
        return not self._left

    def key(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def wrong(self, key: str, template: str, **values: object) -> None:
        """Note that `key` is wrong; the template's `{where}` is its full name."""
        where = self.key(key)
        texts = {name: str(value) for name, value in values.items()}
        self.problems.append(Problem(template=template, values={"where": where, **texts}, key=where))

    def take(self, key: str) -> object:
        """The raw value, None when absent; it counts as known from now on."""
        return self._left.pop(key, None)

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        self._not(key, " or ".join(allowed), value)
        return allowed[0]

    def yes_no(self, key: str, default: bool | None = None) -> bool:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool):
            return value
        self._not(key, "true or false", value)
        return False

    def number(self, key: str, allowed: range, default: int | None = None) -> int:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
            return value
        first, last = allowed[0], allowed[-1]
        said = str(first) if first == last else " or ".join(map(str, allowed))
        if len(allowed) > 3:
            said = f"a whole number from {first} to {last}"
        self._not(key, said, value)
        return first

    def text(self, key: str, longest: int, default: str = "") -> str:
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, str) and len(value) <= longest and value.isprintable():
            return value
        self._not(key, f"text of at most {longest} printable characters", value)
        return default

    def table(self, key: str) -> Table:
        """The table under `key`, empty where there is none."""
        value = self.take(key)
        if value is not None and not isinstance(value, dict):
            self._not(key, "a table", value)
            value = None
        return Table(value or {}, self.key(key), self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables under `key`, whether it is written once as `[key]` or several times as `[[key]]`."""
        value = self.take(key)
        if isinstance(value, dict):
            value = [value]
        if value is None or (isinstance(value, list) and all(isinstance(each, dict) for each in value)):
            return [
                Table(each, f"{self.key(key)} {place}", self.problems)
                for place, each in enumerate(value or [], 1)
            ]
        self._not(key, "a table", value)
        return []

    def finish(self) -> None:
        """Name every key that nobody asked for."""
        for key in self._left:
            self.wrong(key, "{where}: there is no such key in a hardware profile")

    def _not(self, key: str, allowed: str, value: object) -> None:
        if value is None:
            self.wrong(key, "{where}: is missing; it must be {allowed}", allowed=allowed)
        else:
            self.wrong(key, "{where}: must be {allowed}, got {got}", allowed=allowed, got=_shown(value))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    text = "".join(each if each.isprintable() else "?" for each in str(value))
    return text if len(text) <= 40 else text[:39] + "…"
