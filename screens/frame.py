"""The frame around every page: station, tabs, sub-tabs, unsaved changes, messages and keys."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from screens.bars import Bar, Entry
from screens.buttons import Button
from screens.changes_bar import ChangesBar
from screens.console import console_of
from screens.form import FormPage
from screens.page import Page
from screens.rule import Rule
from screens.station_line import StationLine
from screens.tabs import SubTab, Tab, tabs_for
from screens.texts import _, ngettext
from screens.trial_bar import TrialBar

STATUS_PERIOD = 5.0
MOST_LINES = 2
"""Of a message above the keys."""


class Frame(Screen[None], inherit_bindings=False):
    """Everything that stays on the screen while pages come and go."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(number), f"tab({number})") for number in range(1, 6)),
        ("left_square_bracket", "sub_tab(-1)"),
        ("right_square_bracket", "sub_tab(1)"),
        ("escape,ctrl+c", "back"),
        ("down", "app.focus_next"),
        ("up", "app.focus_previous"),
        ("ctrl+o,f10", "app.save"),
        ("f9", "app.discard"),
        ("question_mark", "app.help"),
        ("slash", "app.find"),
        ("ctrl+r,f5", "refresh_now"),
    ]

    # Textual draws the whole screen again with every move of the focus; what the focus changes draws itself.
    focused = reactive[Widget | None](None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.tabs: tuple[Tab, ...] = ()
        self.tab = ""
        self.sub_tab = ""
        self.page: Page | None = None
        """What is told of news: None from when a page is left until the next one has its widgets."""

    def compose(self) -> ComposeResult:
        yield StationLine()
        yield Bar(id="tabs")
        yield Bar(id="sub-tabs")
        yield Rule()
        yield Vertical(id="body")
        yield Rule(id="below")
        yield ChangesBar()
        yield TrialBar()
        yield Static(id="message")
        yield Rule(id="bar-rule")
        yield Static(id="hints")

    def on_mount(self) -> None:
        self.query_one(ChangesBar).display = False
        self.query_one("#message").display = False
        self.query_one("#bar-rule").display = False

    async def enter(self) -> None:
        """Somebody is logged in: show what they may see, beginning with the first tab."""
        visit = console_of(self).visit
        self.tabs = tabs_for(visit.hardware, visit.person.account)
        await self.open(self.tab or self.tabs[0].name, self.sub_tab)

    async def leave(self) -> None:
        """Nobody is logged in: show nothing."""
        self.page = None
        self.tab = self.sub_tab = ""
        self.set_focus(None)
        await self.query_one("#body").remove_children()

    def _tab(self, name: str) -> Tab:
        return next((tab for tab in self.tabs if tab.name == name), self.tabs[0])

    async def open(self, tab_name: str, sub_tab_name: str = "", *, key: str = "") -> None:
        """Mount the page of a sub-tab; all at once, so that no half-drawn screen goes over the line."""
        tab = self._tab(tab_name)
        sub_tab = next((s for s in tab.sub_tabs if s.name == sub_tab_name), tab.sub_tabs[0])
        with self.app.batch_update():
            body = self.query_one("#body")
            self.set_focus(None)
            self.page = None
            await body.remove_children()
            self.tab, self.sub_tab = tab.name, sub_tab.name
            page = sub_tab.page(tab.name, sub_tab.name)
            self.query_one("#below", Rule).say("")
            visit = console_of(self).visit
            settings, status = visit.settings, visit.status
            await body.mount(page)
            self.page = page
            if visit.settings is not settings:
                page.settings_changed()
            if visit.status is not status:
                page.show_status(visit.status)
            await page.opened()
            self.query_one("#hints", Static).update(Content(f" {_(page.hints)}"))
            self.draw()
            row = page.row(key) if key and isinstance(page, FormPage) else None
            first = row.editor if row is not None else page.first_focus()
            bar = self.query_one("#sub-tabs" if len(tab.sub_tabs) > 1 else "#tabs", Bar)
            self.set_focus(first or bar)

    def draw(self) -> None:
        """Draw what depends on edits and status; only what differs goes over the line."""
        visit = console_of(self).visit
        changed = visit.changed_pages((self.tab, self.sub_tab))
        tab = self._tab(self.tab)
        tabs = [
            Entry(
                name=t.name, label=_(t.label), digit=str(t.number), changed=t.name in {c[0] for c in changed}
            )
            for t in self.tabs
        ]
        self.query_one("#tabs", Bar).show(tabs, self.tab, self.error_words())
        sub_tabs = self.query_one("#sub-tabs", Bar)
        sub_tabs.display = len(tab.sub_tabs) > 1
        sub_tabs.show([self._sub_entry(tab, s, changed) for s in tab.sub_tabs], self.sub_tab)
        self.query_one(StationLine).refresh()
        edits = visit.edits
        self.query_one(ChangesBar).show(
            len(edits), len(edits.problems), restart_needed=edits.restart_needed(visit.settings)
        )
        self._show_bar_rule()

    def _sub_entry(self, tab: Tab, sub_tab: SubTab, changed: set[tuple[str, str]]) -> Entry:
        return Entry(name=sub_tab.name, label=_(sub_tab.label), changed=(tab.name, sub_tab.name) in changed)

    def place_words(self, tab_name: str, sub_tab_name: str) -> str:
        """What a sub-tab is called; "" where it is not shown to this account."""
        names = [
            f"{_(tab.label)} / {_(sub_tab.label)}"
            for tab in self.tabs
            for sub_tab in tab.sub_tabs
            if (tab.name, sub_tab.name) == (tab_name, sub_tab_name)
        ]
        return names[0] if names else ""

    def error_words(self) -> str:
        """`! 1 error on plug 2`; "" while there is none."""
        errors = console_of(self).visit.status.errors
        if not errors:
            return ""
        says = ngettext("! {count} error", "! {count} errors", len(errors)).format(count=len(errors))
        points = {error.point for error in errors}
        if len(points) == 1 and None not in points:
            says += _(" on plug {point}").format(point=points.pop())
        return says

    def tell(self, text: str) -> None:
        message = self.query_one("#message", Static)
        if not text and not message.display:
            return
        lines = textwrap.wrap(text, max(10, self.size.width - 2), max_lines=MOST_LINES, placeholder=" ...")
        message.update(Content("\n".join(f" {line}" for line in lines)), layout=False)
        message.styles.height = max(1, len(lines))
        message.display = bool(text)
        self._show_bar_rule()

    def _show_bar_rule(self) -> None:
        shown = self.query_one(ChangesBar).display or self.query_one("#message").display
        self.query_one("#bar-rule").display = shown

    def on_bar_chosen(self, message: Bar.Chosen) -> None:
        if message.bar.id == "tabs":
            console_of(self).open_page(message.name)
        else:
            console_of(self).open_page(self.tab, message.name)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        self.run_worker(self.app.run_action(message.action))

    def action_tab(self, number: int) -> None:
        tab = next((tab for tab in self.tabs if tab.number == number), None)
        if tab is not None:
            console_of(self).open_page(tab.name)

    def action_sub_tab(self, by: int) -> None:
        names = [sub_tab.name for sub_tab in self._tab(self.tab).sub_tabs]
        at = (names.index(self.sub_tab) + by) % len(names)
        console_of(self).open_page(self.tab, names[at])

    async def action_back(self) -> None:
        """To the tabs; from the tabs, to the log-out."""
        tabs = self.query_one("#tabs", Bar)
        if tabs.has_focus:
            await self.app.run_action("log_out")
        else:
            tabs.focus()

    def action_refresh_now(self) -> None:
        self.run_worker(self.read_again(), exclusive=True, group="pulse")

    async def read_again(self) -> None:
        """Read the status now, whatever the page does with it."""
        console = console_of(self)
        await console.attempt(console.visit.read_status())
        self.draw()
        if self.page is not None:
            self.page.refresh_now()
