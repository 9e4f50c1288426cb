"""How the parts of the station ask for settings."""

from __future__ import annotations

from typing import Protocol


class SettingsReader(Protocol):
    """The settings that the station runs with."""

    def number(self, key: str) -> int: ...

    def text(self, key: str) -> str: ...

    def is_on(self, key: str) -> bool: ...
