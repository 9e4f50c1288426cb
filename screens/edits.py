"""What somebody has changed on the forms and not saved yet; it stays while they walk between sub-tabs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from core.api import SettingView
from core.values.setting import Value


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """An unsaved value as it was typed, and the saved value that it started from (None for secrets)."""

    seen: Value | None
    new: str


class Edits:
    """The unsaved edits of one session, by key, what was found wrong with them and what they bring along."""

    def __init__(self) -> None:
        self._edits: dict[str, Edit] = {}
        self.problems: dict[str, str] = {}
        self.notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._edits)

    def __contains__(self, key: str) -> bool:
        return key in self._edits

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._edits)

    def put(self, view: SettingView, typed: str) -> None:
        """Note what was typed; typing the saved value again (nothing, for secrets) takes the edit back.

        What is wrong with a text stays said until it is checked again: half a text is always wrong.
        """
        saved = "" if view.value is None else str(view.value)
        if typed == saved or view.kind not in {"text", "secret"}:
            self.problems.pop(view.key, None)
        if typed == saved:
            self._edits.pop(view.key, None)
            self._without_edits()
            return
        started = self._edits.get(view.key)
        self._edits[view.key] = Edit(seen=started.seen if started else view.value, new=typed)

    def shown(self, view: SettingView) -> str:
        """What the form shows: the edit, else the saved value."""
        edit = self._edits.get(view.key)
        if edit is not None:
            return edit.new
        return "" if view.value is None else str(view.value)

    def new(self, key: str) -> str:
        return self._edits[key].new

    def changes(self) -> dict[str, Value]:
        return {key: edit.new for key, edit in self._edits.items()}

    def seen(self) -> dict[str, Value]:
        return {key: edit.seen for key, edit in self._edits.items() if edit.seen is not None}

    def accept_theirs(self, keys: Iterable[str]) -> None:
        """Give up the edits of `keys`."""
        for key in keys:
            self._edits.pop(key, None)
            self.problems.pop(key, None)
        self._without_edits()

    def keep_mine(self, theirs: Mapping[str, Value]) -> None:
        """Go on with the edits, having seen the values that somebody else saved."""
        for key, value in theirs.items():
            if key in self._edits:
                self._edits[key] = msgspec.structs.replace(self._edits[key], seen=value)

    def discard(self) -> None:
        self._edits.clear()
        self.problems.clear()
        self._without_edits()

    def _without_edits(self) -> None:
        if not self._edits:
            self.notes = ()

    def restart_needed(self, settings: Mapping[str, SettingView]) -> bool:
        return any(settings[key].takes_effect == "restart" for key in self._edits if key in settings)
