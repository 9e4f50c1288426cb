"""Charge Data Record: the newest charges first, thirty at a time, with find and details."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.api import ChargeRecord, RecordPage, RecordQuery
from screens.dialog import notice
from screens.find_field import FindField
from screens.lines import Lines
from screens.page import Page
from screens.record_lines import details, summary, table_head, table_line
from screens.rule import Rule
from screens.texts import N_, _

PAGE = 30


class RecordsPage(Page):
    """The table of records; more of them are asked for when its end comes into view."""

    hints = N_("Enter Details  s Find a record  PgDn/n Next  PgUp/p Back  Esc Tabs  ? Help")
    about = N_(
        "The charges of this station, newest first; the last thirty are shown at once and older ones follow "
        "as you page down. Find looks in badge, comment, number and transaction. Enter shows every field."
    )
    BINDINGS: ClassVar[list[BindingType]] = [("s", "find"), ("end", "oldest")]

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.records: tuple[ChargeRecord, ...] = ()
        self.found = 0
        self.total = 0
        self.find = ""
        self._asking = False

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(Content(_(" Find: [")), classes="auto")
            yield FindField(max_length=40)
            yield Static(Content("]"), classes="auto")
            yield Static(id="count")
        yield Static(id="head")
        yield Lines()
        yield Rule(id="summary-rule")
        yield Static(id="summary")

    def on_mount(self) -> None:
        self.query_one(Lines).focus()

    async def opened(self) -> None:
        await self.read()

    def first_focus(self) -> Lines:
        return self.query_one(Lines)

    def ask(self) -> None:
        """Read the newest records that match."""
        self.run_worker(self.read(), exclusive=True, group="records")

    async def read(self) -> None:
        answer = await self.console.attempt(
            self.visit.station.records(RecordQuery(last=PAGE, find=self.find))
        )
        if answer is not None:
            self.take(answer, ())

    async def read_older(self) -> None:
        answer = await self.console.attempt(
            self.visit.station.records(RecordQuery(last=PAGE, find=self.find, after=self.records[-1].number))
        )
        if answer is not None:
            self.take(answer, self.records)
        self._asking = False

    def take(self, answer: RecordPage, before: tuple[ChargeRecord, ...]) -> None:
        self.records = before + answer.records
        self.total = answer.total
        if not before:
            self.found = answer.found
        self.draw()
        if not before:
            self.query_one(Lines).cursor = 0
            self.query_one(Lines).top = 0
        self.tell_of(self.query_one(Lines).cursor)

    def draw(self) -> None:
        width = self.size.width - 1
        zone = self.visit.zone
        ascii_only = self.console.terminal.ascii
        self.query_one("#count", Static).update(Content(self.count_words()))
        self.query_one("#head", Static).update(Content.styled(" " + table_head(width), "bold"))
        lines = [Content(table_line(record, zone, width, ascii_only=ascii_only)) for record in self.records]
        self.query_one(Lines).show(lines or [Content(_("  No record."))])

    def count_words(self) -> str:
        if self.find:
            return _("  {found} of {total} records found   newest first").format(
                found=self.found, total=self.total
            )
        return _("  Last {shown} of {total} records   newest first").format(
            shown=len(self.records), total=self.total
        )

    def on_resize(self) -> None:
        self.draw()

    def tell_of(self, index: int) -> None:
        """Show below the table what does not fit into the line of the cursor."""
        said = summary(self.records[index], self.visit.zone) if index < len(self.records) else ("", "")
        self.query_one("#summary", Static).update(Content("\n".join(f" {line}" for line in said)))

    def on_lines_moved(self, message: Lines.Moved) -> None:
        self.tell_of(message.index)
        near_end = message.index >= len(self.records) - 1
        if near_end and self.records and len(self.records) < self.found and not self._asking:
            self._asking = True
            self.run_worker(self.read_older(), group="records")

    def on_lines_opened(self, message: Lines.Opened) -> None:
        if message.index < len(self.records):
            record = self.records[message.index]
            text = details(record, self.visit.zone, ascii_only=self.console.terminal.ascii)
            self.app.push_screen(notice(_("Record {number}").format(number=record.number), text))

    def action_find(self) -> None:
        self.query_one(FindField).focus()

    def action_oldest(self) -> None:
        self.query_one(Lines).action_go_to(-1)

    def on_find_field_wanted(self, message: FindField.Wanted) -> None:
        self.find = message.text
        if message.entered:
            self.query_one(Lines).focus()
        self.ask()

    def refresh_now(self) -> None:
        self.ask()
