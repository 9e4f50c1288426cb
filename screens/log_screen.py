"""Audit and events: the log, the newest entries first, found, filtered, followed and verified."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from core.api import LogEntry
from core.errors import StationError, TryLater
from core.events import LogAdded
from screens.console import Console, console_of, refusal_words
from screens.dialog import notice
from screens.find_field import FindBar, FindField
from screens.keys_help import wrapped
from screens.lines import Lines
from screens.log_days_dialog import LogDaysDialog
from screens.log_filter import LogFilter
from screens.log_lines import check_lines, details, table_head, table_line
from screens.log_window import PAGE, LogWindow
from screens.rule import Rule
from screens.texts import N_, _

T = TypeVar("T")
HINTS = N_("Enter Details  s Find  k Kind  a Account  d Days  v Verify  Esc Back  ? Help")
ABOUT = N_(
    "Who did what, and what happened by itself, the newest first; new entries come into view by themselves. "
    "s finds text in them, k chooses between what somebody did and what happened by itself, a the account, "
    "d the days. Home and End go to the newest and the oldest. Every entry "
    "closes a chain with those before it: v checks that none was altered, removed or put in."
)


class LogLines(Lines):
    """Home and End go to the ends of the whole log."""

    BINDINGS: ClassVar[list[BindingType]] = [("home", "screen.newest"), ("end", "screen.oldest")]


class LogScreen(Screen[None], inherit_bindings=False):
    """The whole screen; Esc goes back. While the cursor is on the newest entry, new ones come into view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "back"),
        ("s", "find"),
        ("k", "kind"),
        ("a", "account"),
        ("d", "days"),
        ("v", "verify"),
        ("ctrl+r,f5", "newest"),
        ("question_mark,f1,ctrl+g", "explain"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.window = LogWindow()
        self.chosen = LogFilter()
        self._asking = False
        self._news = False

    @property
    def console(self) -> Console:
        return console_of(self)

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(_(" Audit and events"), "bold"))
        yield FindBar(max_length=40)
        yield Static(id="head")
        yield LogLines()
        yield Rule(id="below-log")
        yield Static(Content(f" {_(HINTS)}"))

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self.listen()
        self.ask()

    @work(group="log-listening", exclusive=True)
    async def listen(self) -> None:
        """Hear of new entries as long as the screen is there."""
        try:
            async for event in self.console.visit.station.events():
                if isinstance(event, LogAdded):
                    self.entry_added()
        except StationError:
            return

    async def attempt(self, work: Awaitable[T]) -> T | None:
        """The outcome of `work`; a refusal is told on this screen, and None returned."""
        try:
            return await work
        except TryLater:
            self.console.link_lost()
        except StationError as refusal:
            self.query_one(Rule).say(refusal_words(refusal))
        return None

    async def page(self, **where: Any) -> tuple[LogEntry, ...] | None:
        visit = self.console.visit
        return await self.attempt(visit.station.log(self.chosen.query(visit.zone, last=PAGE, **where)))

    @work(group="log", exclusive=True)
    async def ask(self, *, oldest: bool = False) -> None:
        """Read the newest or the oldest entries that match."""
        self._asking = True
        try:
            page = await self.page(oldest=oldest)
        finally:
            self._asking = False
        if page is not None:
            self.window = self.window.at_oldest(page) if oldest else self.window.at_newest(page)
            self.draw(cursor=max(0, len(page) - 1) if oldest else 0)

    @work(group="log")
    async def read_older(self) -> None:
        """Read what follows below, unless something else is shown by the time it comes."""
        before, lines = self.window, self.query_one(Lines)
        try:
            page = await self.page(before=before.entries[-1].number)
        finally:
            self._asking = False
        if page is not None and self.window is before:
            self.window, gone = before.with_older(page)
            lines.top -= gone
            self.draw(cursor=lines.cursor - gone)

    @work(group="log")
    async def read_newer(self, *, follow: bool) -> None:
        """Read what is above; `follow` keeps the cursor on the newest."""
        before, lines = self.window, self.query_one(Lines)
        newest = before.entries[0].number if before.entries else 0
        self._news = False
        try:
            page = await self.page(after=newest, oldest=True)
        finally:
            self._asking = False
        if page is None or self.window is not before:
            return
        self.window = before.with_newer(page)
        lines.top += 0 if follow else len(page)
        self.draw(cursor=0 if follow else lines.cursor + len(page))
        if self._news:
            self.entry_added()

    def entry_added(self) -> None:
        """Whoever stands on the newest entry sees the new one; whoever has gone down is not disturbed."""
        if self._asking:
            self._news = True
        elif self.window.newest and self.query_one(Lines).cursor == 0:
            self._asking = True
            self.read_newer(follow=True)
        else:
            self.window = replace(self.window, newest=False)
            self.say_where()

    def draw(self, *, cursor: int | None = None) -> None:
        width = self.size.width - 1
        zone = self.console.visit.zone
        ascii_only = self.console.terminal.ascii
        self.query_one("#head", Static).update(Content.styled(f" {table_head()}", "bold"))
        lines = [
            Content(table_line(entry, zone, width, ascii_only=ascii_only)) for entry in self.window.entries
        ]
        self.query_one(Lines).show(lines or [Content(_("  No entry."))], cursor=cursor)
        self.say_where()

    def say_where(self) -> None:
        follows = self.window.newest and self.query_one(Lines).cursor == 0
        where = _("newest first, following") if follows else _("newest first; Home follows")
        self.query_one("#count", Static).update(Content(f"  {self.chosen.words}   "))
        self.query_one(Rule).say(where)

    def on_resize(self) -> None:
        self.draw()

    def on_lines_moved(self, message: Lines.Moved) -> None:
        self.say_where()
        if self._asking or not self.window.entries:
            return
        if message.index >= len(self.window.entries) - 1 and not self.window.oldest:
            self._asking = True
            self.read_older()
        elif message.index == 0 and not self.window.newest:
            self._asking = True
            self.read_newer(follow=False)

    @work(group="asking", exclusive=True)
    async def action_explain(self) -> None:
        await self.console.push_screen_wait(notice(_("Help"), wrapped([_(ABOUT)])))

    @work(group="asking", exclusive=True)
    async def on_lines_opened(self, message: Lines.Opened) -> None:
        if message.index < len(self.window.entries):
            entry = self.window.entries[message.index]
            text = details(entry, self.console.visit.zone, ascii_only=self.console.terminal.ascii)
            title = _("Entry {number}").format(number=entry.number)
            await self.console.push_screen_wait(notice(title, text))

    def on_find_field_wanted(self, message: FindField.Wanted) -> None:
        self.choose(replace(self.chosen, find=message.text))
        if message.entered:
            self.query_one(Lines).focus()

    def choose(self, chosen: LogFilter) -> None:
        self.chosen = chosen
        self.ask()

    def action_back(self) -> None:
        self.dismiss(None)

    def action_find(self) -> None:
        self.query_one(FindField).focus()

    def action_kind(self) -> None:
        self.choose(self.chosen.next_kind())

    def action_account(self) -> None:
        self.choose(self.chosen.next_account())

    def action_newest(self) -> None:
        self.ask()

    def action_oldest(self) -> None:
        self.ask(oldest=True)

    @work(group="asking", exclusive=True)
    async def action_days(self) -> None:
        chosen = await self.console.push_screen_wait(LogDaysDialog(self.chosen))
        if chosen is not None:
            self.choose(chosen)

    @work(group="asking", exclusive=True)
    async def action_verify(self) -> None:
        check = await self.attempt(self.console.visit.station.verify_log())
        if check is not None:
            await self.console.push_screen_wait(notice(_("The chain of entries"), check_lines(check)))
