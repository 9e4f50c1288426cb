"""The form of a settings sub-tab, built from the settings themselves."""

from __future__ import annotations

import textwrap
from itertools import groupby, takewhile

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from core.api import SettingView
from screens.checks import problem
from screens.console import refusal_words
from screens.help_text import setting_help, short_help
from screens.page import Page
from screens.relevance import idle_words, is_relevant
from screens.rows import ChoiceRow, SettingRow, ToggleRow
from screens.sections import section_of, section_words
from screens.texts import N_, _
from screens.typed_row import TypedRow
from screens.zone_row import ZoneRow

MANY_IDLE = 2
"""More idle rows than this with one reason are counted on one line."""
MOST_NOTES = 2
"""Lines for what saving brings with it."""


def without_crowds(shown: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Idle rows in a run with one reason become one entry without a key where there are many."""
    runs = [list(run) for _reason, run in groupby(shown, key=lambda row: (row[1], section_of(row[0])))]
    short: list[tuple[str, str]] = []
    for run in runs:
        reason = run[0][1]
        if reason and len(run) > MANY_IDLE:
            short.append(("", _("{count} settings {reason}").format(count=len(run), reason=reason)))
        else:
            short += run
    return short


def row_for(view: SettingView, idle: str) -> SettingRow:
    """The row that a setting is shown with."""
    if idle or not view.writable or view.computed:
        return SettingRow(view, idle=idle)
    if view.kind == "choice":
        return ChoiceRow(view)
    if view.kind == "toggle":
        return ToggleRow(view)
    return ZoneRow(view) if view.form == "zone" else TypedRow(view)


def refresh_row_of(widget: Widget) -> None:
    """Draw the mark of the row again that a widget is, or is part of."""
    for one in widget.ancestors_with_self:
        if isinstance(one, SettingRow):
            one.refresh()


class FormRows(VerticalScroll, can_focus=False):
    """The rows, scrolled so that the focus is in view."""

    class Scrolled(Message):
        """Other rows are in view."""

    def on_resize(self) -> None:
        self.post_message(self.Scrolled())
        self.call_after_refresh(self.keep_in_view)

    def keep_in_view(self) -> None:
        """Scroll to the row that has the focus, with its heading and with what is said below its value."""
        here = next((row for row in self.query(SettingRow) if row.is_here), None)
        if here is not None:
            above = self.children[: self.children.index(here)]
            headings = takewhile(lambda each: not isinstance(each, SettingRow), reversed(above))
            for heading in headings:
                self.scroll_to_widget(heading, animate=False)
            self.scroll_to_widget(here, animate=False)
            self.call_after_refresh(self.post_message, self.Scrolled())


class FormPage(Page):
    """Every setting of the sub-tab that this account may read, in the order of the guide."""

    hints = N_("Tab Next  Space Change  ^O/F10 Save  F9 Discard  Esc Tabs  / Find  ? Help")
    about = N_(
        "On a setting, ? tells what it is for, what it may be, who may change it and when a change is "
        "followed. Nothing changes before Save, which takes over everything together or nothing."
    )

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self._help_timer: Timer | None = None
        self._check_timer: Timer | None = None
        self._drawn: list[tuple[str, str]] = []

    def views(self) -> list[SettingView]:
        return [
            view
            for view in self.visit.settings.values()
            if view.tab == self.tab and view.sub_tab == self.sub_tab
        ]

    def layout_now(self) -> list[tuple[str, str]]:
        """What is shown: (key, why it is idle); sections that are idle as a whole are left out."""
        shown: list[tuple[str, str]] = []
        views = self.views()
        for view in views:
            section = section_of(view.key)
            peers = [peer for peer in views if section[0] and section_of(peer.key) == section]
            if peers and not any(is_relevant(peer, self.visit) for peer in peers):
                continue
            shown.append((view.key, idle_words(view, self.visit)))
        return without_crowds(shown)

    def compose(self) -> ComposeResult:
        with FormRows():
            yield from self.rows()
        yield Static(id="notes")
        yield Static(id="help")

    def rows(self) -> list[Static | SettingRow]:
        self._drawn = self.layout_now()
        widgets: list[Static | SettingRow] = []
        section = ("", "")
        for key, idle in self._drawn:
            if not key:
                widgets.append(Static(Content.styled(f"   {idle}", "dim"), classes="section"))
                continue
            if section_of(key) != section:
                section = section_of(key)
                widgets += self.heading(key)
            widgets.append(row_for(self.visit.settings[key], idle))
        return widgets

    def heading(self, key: str) -> list[Static]:
        """What stands above the rows of a section that the setting `key` is the first of."""
        return [Static(Content.styled(f" {section_words(key)}", "bold"), classes="section")]

    def row(self, key: str) -> SettingRow | None:
        return next((row for row in self.query(SettingRow) if row.view.key == key), None)

    def focused_row(self) -> SettingRow | None:
        return next((row for row in self.query(SettingRow) if row.is_here), None)

    async def settings_redrawn(self) -> None:
        """Show the settings as they are now; rows come and go with what they depend on."""
        self.draw_notes()
        if self.layout_now() != self._drawn:
            here = self.focused_row()
            with self.app.batch_update():
                body = self.query_one(FormRows)
                await body.remove_children()
                await body.mount(*self.rows())
            if here is not None:
                again = self.row(here.view.key)
                if again is not None:
                    again.editor.focus()
            return
        for row in self.query(SettingRow):
            row.view = self.visit.settings.get(row.view.key, row.view)
            row.redraw()
        self.call_after_refresh(self.query_one(FormRows).keep_in_view)

    def settings_changed(self) -> None:
        self.call_next(self._redraw)

    async def _redraw(self) -> None:
        if self.display:  # A page that is being left loses its children before it ends.
            await self.settings_redrawn()

    def on_setting_row_edited(self) -> None:
        self.console.edits_changed()
        if self._check_timer is not None:
            self._check_timer.stop()
        self._check_timer = self.set_timer(self.console.terminal.pause, self.check)

    def check(self) -> None:
        self.run_worker(self.ask_the_station(), exclusive=True, group="check")

    async def ask_the_station(self) -> None:
        """What is wrong with the edits, said at their fields; the station is asked when nothing is plain."""
        edits, settings = self.visit.edits, self.visit.settings
        found = {key: problem(settings[key], edits.new(key)) for key in edits.keys}
        problems = {key: words for key, words in found.items() if words}
        notes: tuple[str, ...] = ()
        if len(edits) and not problems:
            outcome = await self.console.attempt(
                self.visit.station.change_settings(edits.changes(), dry_run=True)
            )
            if outcome is None:
                return
            # Of two at one field the first is the nearer one: what is not an address is not missing either.
            problems = {p.key: refusal_words(p) for p in reversed(outcome.problems) if p.key is not None}
            notes = tuple(map(refusal_words, outcome.notes))
        if (problems, notes) != (edits.problems, edits.notes):
            edits.problems, edits.notes = problems, notes
            self.console.edits_changed()

    def draw_notes(self) -> None:
        """What saving the edits brings with it, said above the help; no line while there is nothing."""
        line = self.query_one("#notes", Static)
        says = " ".join(f"{note}." for note in self.visit.edits.notes)
        lines = textwrap.wrap(says, max(10, self.size.width - 2), max_lines=MOST_NOTES, placeholder=" ...")
        line.display = bool(lines)
        line.update(Content("\n".join(f" {each}" for each in lines)))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        refresh_row_of(event.widget)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        refresh_row_of(event.widget)
        self.call_after_refresh(self.query_one(FormRows).keep_in_view)
        if self._help_timer is not None:
            self._help_timer.stop()
        self._help_timer = self.set_timer(self.console.terminal.pause, self.show_help)
        self.call_after_refresh(self.say_more)

    def on_mount(self) -> None:
        self.query_one("#notes").display = False
        rows = self.query_one(FormRows)
        self.watch(rows, "scroll_y", self.say_more, init=False)
        self.watch(rows, "virtual_size", self.say_more, init=False)
        self.call_after_refresh(self.say_more)

    def on_resize(self) -> None:
        self.draw_notes()
        self.call_after_refresh(self.say_more)

    def say_more(self) -> None:
        """Say on the rule below how many lines are not in view."""
        rows = self.query_one(FormRows)
        below = rows.virtual_size.height - rows.size.height - round(rows.scroll_y)
        self.say_below(max(0, below))

    def on_form_rows_scrolled(self) -> None:
        self.say_more()

    def show_help(self) -> None:
        row = self.focused_row()
        if row is not None:
            says = Content(short_help(row.view, max(10, self.size.width - 2)))
            self.query_one("#help", Static).update(says, layout=False)

    def help_lines(self) -> tuple[str, ...]:
        row = self.focused_row()
        return setting_help(row.view) if row is not None else super().help_lines()
