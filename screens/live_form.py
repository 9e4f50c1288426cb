"""A form beside whose settings stands what they come to, and what happens now."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Static

from core.api import ChargePointStatus, SettingView, StationStatus
from screens.form import FormPage, FormRows
from screens.rows import SettingRow
from screens.sections import section_of


class Said(NamedTuple):
    """What is said of a setting: behind its value, and on a line below."""

    beside: str = ""
    below: str = ""


NOTHING = Said()
AT_REST = "..."
"""Stands where something is said of a value that is still being typed."""


class Now(Static):
    """What happens at a charge point now."""

    def __init__(self, point: int) -> None:
        super().__init__(classes="now")
        self.point = point


class LiveForm(FormPage):
    """What is said of a value that is being typed follows at rest: a slow line carries the keys first."""

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self._typing = False

    @abstractmethod
    def said_of(self, view: SettingView) -> Said:
        """What is said of a setting, from the values on the form and the newest status."""

    def now_lines(self, point: ChargePointStatus) -> Sequence[str | Content]:
        """What is said of a charge point under its heading; a form without headings is not asked."""
        raise NotImplementedError(f"of charge point {point.point}")

    def charge_point(self, number: int) -> ChargePointStatus | None:
        """The newest status of a charge point."""
        return next((p for p in self.visit.status.charge_points if p.point == number), None)

    def heading(self, key: str) -> list[Static]:
        number = section_of(key)[1]
        return [*super().heading(key), *([Now(int(number))] if number else [])]

    def say_now(self) -> None:
        """Say everything anew; only what differs is drawn."""
        for now in self.query(Now):
            point = self.charge_point(now.point)
            lines = [] if point is None else self.now_lines(point)
            now.display = bool(lines)
            now.styles.height = max(1, len(lines))
            now.update(Content("\n").join(_content(line) for line in lines), layout=False)
        for row in self.query(SettingRow):
            said = NOTHING if row.idle else self.said_of(row.view)
            row.say(beside=said.beside, below=said.below)
        for rows in self.query(FormRows):
            self.call_after_refresh(rows.keep_in_view)

    def on_mount(self) -> None:
        self.say_now()

    def on_resize(self) -> None:
        self.say_now()

    def show_status(self, status: StationStatus) -> None:
        if not self._typing and status.charge_points:
            self.say_now()

    def refresh_now(self) -> None:
        self.say_now()

    @on(SettingRow.Edited)
    def say_at_rest(self, message: SettingRow.Edited) -> None:
        """What is said of the value of a moment ago gives way."""
        self._typing = True
        row = self.row(message.key)
        if row is not None and row.below:
            row.say(beside=row.beside, below=AT_REST)

    def check(self) -> None:
        self._typing = False
        self.say_now()
        super().check()

    async def settings_redrawn(self) -> None:
        await super().settings_redrawn()
        self._typing = self._typing and bool(len(self.visit.edits))
        if not self._typing:
            self.say_now()


def _content(line: str | Content) -> Content:
    return line if isinstance(line, Content) else Content(line)
