"""What a page under a sub-tab is to the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from core.api import AnyEvent, StationStatus
from screens.console import Console, console_of
from screens.lines import more_words
from screens.rule import Rule
from screens.texts import N_, _
from screens.visit import Visit

HINTS = N_("Tab Next  Esc Tabs  / Find  ? Help")


class Page(Vertical):
    """The content of one sub-tab. Only the page in view is mounted."""

    hints = HINTS
    """The keys of this page, untranslated."""

    about = ""
    """What this page is for, untranslated; its help."""

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__()
        self.tab = tab
        self.sub_tab = sub_tab

    @property
    def console(self) -> Console:
        return console_of(self)

    @property
    def visit(self) -> Visit:
        return self.console.visit

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call it once the page is laid out, unless it is being left: its children go before it."""
        return super().call_after_refresh(lambda: callback(*args, **kwargs) if self.display else None)

    async def opened(self) -> None:
        """Read what the page shows at first; keys that were typed ahead wait for it."""

    def show_status(self, status: StationStatus) -> None:
        """A fresh status is there; called about every 5 s."""

    def settings_changed(self) -> None:
        """Settings were read again, or edits changed."""

    def announced(self, fact: AnyEvent) -> None:
        """The station announced something else than status and settings."""

    def refresh_now(self) -> None:
        """^R was pressed."""

    def help_lines(self) -> tuple[str, ...]:
        """The help of what has the focus, else of the page."""
        return (_(self.about),)

    def say_below(self, lines: int) -> None:
        """Say on the rule below the page how many lines are not in view."""
        self.screen.query_one("#below", Rule).say(more_words(lines))

    def first_focus(self) -> Widget | None:
        """Where the focus goes when the page opens; None keeps it at the tabs.

        A field for typing is never the first, so that the digits of the tabs go on working.
        """
        first = next((w for w in self.query("*") if w.focusable and w.display and not w.disabled), None)
        return None if isinstance(first, Input) else first
