"""A form above whose settings stands what the station knows of what they set."""

from __future__ import annotations

import textwrap
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.api import AnyEvent
from core.values.publication import ConnectionTest
from core.values.setting import Value
from screens.cleaned import cleaned
from screens.dialog import notice
from screens.form import FormPage
from screens.rows import SettingRow
from screens.step_words import outcome_lines

MOST_LINES = 2
"""Lines for one thing that is said; a screen of 24 keeps room for the form below."""

Known = TypeVar("Known")


class KnownForm(FormPage, Generic[Known]):
    """A page yields a `Static` with the id `known` above its form, and says what stands there."""

    news: ClassVar[tuple[type[AnyEvent], ...]]
    """The events after which the station is asked anew."""

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.known: Known | None = None

    @abstractmethod
    async def ask(self) -> Known:
        """What the station knows now."""

    @abstractmethod
    def known_lines(self, known: Known) -> Sequence[str]:
        """What is said of it."""

    async def opened(self) -> None:
        self.show(await self.console.attempt(self.ask()))

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, self.news):
            self.read()

    def refresh_now(self) -> None:
        self.read()

    def first_focus(self) -> Widget | None:
        """The first setting: nobody means what stands above the form by opening the page."""
        row = next(iter(self.query(SettingRow)), None)
        return row.editor if row is not None and row.editor.focusable else super().first_focus()

    @work(group="known", exclusive=True)
    async def read(self) -> None:
        """Show what is known now."""
        self.show(await self.console.attempt(self.ask()))

    def show(self, known: Known | None) -> None:
        """Say what is known; None, when the station gave no answer, leaves what stands there."""
        if known is not None:
            self.known = known
            self.query_one("#known", Static).update(Content("\n".join(self.wrapped(self.known_lines(known)))))

    def wrapped(self, said: Sequence[str]) -> list[str]:
        """Each of these in at most `MOST_LINES` lines of this page."""
        width = max(20, self.size.width - 2)
        return [
            f" {line}"
            for each in said
            for line in textwrap.wrap(cleaned(each), width, max_lines=MOST_LINES, placeholder=" ...")
        ]

    def on_resize(self) -> None:
        self.show(self.known)

    def entered(self) -> Mapping[str, Value]:
        """What is entered here and not saved."""
        here = {view.key for view in self.views()}
        return {key: value for key, value in self.visit.edits.changes().items() if key in here}

    async def show_outcome(self, title: str, test: ConnectionTest, good: str) -> None:
        """Show the steps of a test and what they mean. Must run in a worker."""
        await self.app.push_screen_wait(notice(title, outcome_lines(test, good)))
