"""What every widget may ask of the app that it is shown in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.widgets import Input

from core.api import Entrance, Origin
from core.errors import StationError, TryLater
from screens.file_channel import FileChannel, NoFiles
from screens.glyphs import Glyphs, glyphs_for
from screens.refusals import refusal_words
from screens.terminal_facts import TerminalFacts
from screens.texts import ENGLISH, Language
from screens.visit import Visit

__all__ = ["Console", "console_of", "refusal_words"]

T = TypeVar("T")


class Console(App[str]):
    """The app as its widgets know it: the terminal, the language, the station and who looks at it."""

    terminal: TerminalFacts = TerminalFacts()
    language: Language = ENGLISH
    languages: tuple[Language, ...] = (ENGLISH,)
    origin: Origin = Origin(kind="local")
    files: FileChannel = NoFiles()
    elapsed: Callable[[], float]
    """Seconds of a clock that is never set."""
    entrance: Entrance
    visit: Visit

    def stand(self) -> None:
        """Put the terminal's cursor into the field that has the focus."""
        focused = self.focused
        at = getattr(focused, "cursor_at", None)
        if isinstance(focused, Input):
            place = focused.cursor_screen_offset
        elif focused is not None and isinstance(at, Offset):
            place = focused.content_region.offset + at
        else:
            return
        if place != self.cursor_position:
            self.cursor_position = place

    def on_descendant_focus(self) -> None:
        self.stand()

    def post_display_hook(self) -> None:
        """The layout is known now."""
        if self._running and self._screen_stacks:
            self.stand()

    @property
    def glyphs(self) -> Glyphs:
        return glyphs_for(ascii_only=self.terminal.ascii)

    @property
    def attached(self) -> bool:
        """Whether somebody is logged in on this app."""
        return hasattr(self, "visit")

    async def attempt(self, work: Awaitable[T]) -> T | None:
        """The outcome of `work`; what the station refuses is told to the user, and None returned."""
        try:
            return await work
        except TryLater:
            self.link_lost()
        except StationError as refusal:
            self.tell(refusal_words(refusal))
        return None

    @abstractmethod
    def somebody_is_here(self) -> None:
        """A person is at it although no key comes: the session is not idle."""

    @abstractmethod
    def tell(self, text: str) -> None:
        """Show a message until the next one or the next key."""

    @abstractmethod
    def link_lost(self) -> None:
        """The station cannot be reached: say so and try again until it can."""

    @abstractmethod
    def edits_changed(self) -> None:
        """Unsaved edits were added or taken back: what shows them is drawn again."""

    @abstractmethod
    def place_words(self, tab: str, sub_tab: str) -> str:
        """What a sub-tab is called, `Energy / Meters`; "" where this account does not see it."""

    @abstractmethod
    def open_page(self, tab: str, sub_tab: str = "", *, key: str = "") -> None:
        """Go to a sub-tab, and there to the row of the setting `key`."""


def console_of(node: DOMNode) -> Console:
    """The app that a widget is shown in."""
    return cast("Console", node.app)
