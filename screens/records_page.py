"""Charge Data Record: the newest charges first, thirty at a time, with find and details."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from core.api import AnyEvent, ChargeRecord, RecordOrder, RecordPage, RecordTotals
from core.events import RecordAdded
from core.values.records import totals_of
from screens import record_file
from screens.cleaned import cleaned
from screens.dialog import notice
from screens.find_field import FindBar, FindField
from screens.lines import Lines
from screens.page import Page
from screens.record_days import day_lines
from screens.record_filter import SORTS, RecordFilter
from screens.record_filter_dialog import RecordFilterDialog
from screens.record_lines import details, summary, table_head, table_line, totals_words
from screens.rule import Rule
from screens.texts import N_, _

PAGE = 30


class RecordsPage(Page):
    """The table of records; more of them are asked for when its end comes into view."""

    hints = N_("Enter Details  n/p Page  s Find  f Filter  o Sort  d Days  x Export  ? Help")
    about = N_(
        "The charges of this station, newest first; the last thirty are shown at once and older ones follow "
        "as you page down with PgDn or n. Find looks in badge, comment, number and transaction. f chooses "
        "days, charge point and badge, o sorts, d adds the energy up by day, x sends what is found as a "
        "file. Enter shows every field. Below the table stands what the records shown and found come to."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("s", "find"),
        ("f", "filter"),
        ("o", "sort"),
        ("d", "days"),
        ("x", "export"),
        ("end", "oldest"),
    ]

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.records: tuple[ChargeRecord, ...] = ()
        self.totals: RecordTotals = totals_of(())
        self.total = 0
        self.chosen = RecordFilter()
        self.sort: RecordOrder = "number"
        self._asking = False

    def compose(self) -> ComposeResult:
        yield FindBar(max_length=40)
        yield Static(id="head")
        yield Lines()
        yield Rule(id="summary-rule")
        yield Static(id="totals")
        yield Static(id="summary")

    def on_mount(self) -> None:
        self.query_one(Lines).focus()

    async def opened(self) -> None:
        await self.read()

    def first_focus(self) -> Lines:
        return self.query_one(Lines)

    @work(group="records", exclusive=True)
    async def ask(self) -> None:
        """Read the first records that match."""
        await self.read()

    async def read(self) -> None:
        query = self.chosen.query(self.visit.zone, self.sort, last=PAGE)
        answer = await self.console.attempt(self.visit.station.records(query))
        if answer is not None:
            self.take(answer, ())

    @work(group="records")
    async def read_older(self) -> None:
        """Read what follows, unless other records are shown by the time it comes."""
        before = self.records
        query = self.chosen.query(self.visit.zone, self.sort, last=PAGE, after=before[-1].number)
        try:
            answer = await self.console.attempt(self.visit.station.records(query))
        finally:
            self._asking = False
        if answer is not None and self.records is before:
            self.take(answer, before)

    def take(self, answer: RecordPage, before: tuple[ChargeRecord, ...]) -> None:
        self.records = before + answer.records
        self.total = answer.total
        self.totals = answer.totals
        lines = self.query_one(Lines)
        if not before:
            # Asking for older ones may have been cut off before it began.
            self._asking = False
            lines.cursor = lines.top = 0
        self.draw()
        self.tell_of(lines.cursor)

    def draw(self) -> None:
        width = self.size.width - 1
        zone = self.visit.zone
        ascii_only = self.console.terminal.ascii
        self.query_one("#count", Static).update(Content(self.count_words()))
        self.query_one("#head", Static).update(Content.styled(" " + table_head(width), "bold"))
        lines = [Content(table_line(record, zone, width, ascii_only=ascii_only)) for record in self.records]
        self.query_one(Lines).show(lines or [Content(_("  No record."))])
        filtered = cleaned(self.chosen.words, ascii_only=ascii_only)
        self.query_one("#summary-rule", Rule).say(filtered[: max(0, width - 10)])
        shown = totals_words(totals_of(self.records), self.totals)
        self.query_one("#totals", Static).update(Content(f" {shown}"))

    def count_words(self) -> str:
        if self.chosen != RecordFilter():
            says = _("  {found} of {total} records found   {order}")
        elif self.sort == "number":
            says = _("  Last {shown} of {total} records   {order}")
        else:
            says = _("  {shown} of {total} records   {order}")
        return says.format(
            shown=len(self.records), found=self.totals.count, total=self.total, order=_(SORTS[self.sort])
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
        if near_end and self.records and len(self.records) < self.totals.count and not self._asking:
            self._asking = True
            self.read_older()

    def on_lines_opened(self, message: Lines.Opened) -> None:
        if message.index < len(self.records):
            record = self.records[message.index]
            text = details(record, self.visit.zone, ascii_only=self.console.terminal.ascii)
            self.app.push_screen(notice(_("Record {number}").format(number=record.number), text))

    def action_find(self) -> None:
        self.query_one(FindField).focus()

    def action_oldest(self) -> None:
        self.query_one(Lines).action_go_to(-1)

    def action_sort(self) -> None:
        orders = tuple(SORTS)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self.ask()

    @work(group="asking", exclusive=True)
    async def action_filter(self) -> None:
        points = self.visit.hardware.charge_points
        chosen = await self.console.push_screen_wait(RecordFilterDialog(self.chosen, points))
        if chosen is not None:
            self.chosen = chosen
            self.ask()

    @work(group="asking", exclusive=True)
    async def action_days(self) -> None:
        query = self.chosen.query(self.visit.zone)
        days = await self.console.attempt(self.visit.station.record_days(query))
        if days is not None:
            terminal = self.console.terminal
            text = day_lines(days, bars=terminal.profile != "serial", ascii_only=terminal.ascii)
            await self.console.push_screen_wait(notice(_("Energy a day"), text))

    @work(group="asking", exclusive=True)
    async def action_export(self) -> None:
        await record_file.export(self.console, self.chosen, self.totals.count)

    def on_find_field_wanted(self, message: FindField.Wanted) -> None:
        self.chosen = replace(self.chosen, find=message.text)
        if message.entered:
            self.query_one(Lines).focus()
        self.ask()

    def refresh_now(self) -> None:
        self.ask()

    def announced(self, fact: AnyEvent) -> None:
        """A new record comes into view; whoever has gone down the list is not disturbed."""
        if isinstance(fact, RecordAdded) and self.query_one(Lines).cursor == 0:
            self.ask()
