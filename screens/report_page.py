"""The maintenance report: what the station is, how it does and what happened last, to read and to export."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.api import Report
from screens.buttons import Button
from screens.lines import Lines
from screens.page import Page
from screens.report.document import document
from screens.report.lines import Line, lines_of
from screens.report_file import export
from screens.texts import N_, _
from screens.times import clock_time

STYLES = {"title": "bold", "heads": "bold", "alarm": "bold $error", "plain": ""}


def line_content(line: Line) -> Content:
    return Content.styled(line.text, STYLES[line.kind])


class ReportPage(Page):
    """The report as it was when the page was opened or read again."""

    hints = N_("x Export  ^R Refresh  b Badges  s Section  n/p Page  Esc Tabs  ? Help")
    about = N_(
        "The maintenance report: what the station is, what is installed on it, its states and errors, its "
        "links, the settings that are not as the factory left them, and the last charge data records and log "
        "entries. It is of the time above it; Refresh reads again. Export sends it as an HTML "
        "file, to print or to send. Passwords and keys are never in it. Identifiers and comments of badges "
        "tell who charged: they are left out, on the screen and in the file, until b shows them. "
        "s goes to the next section."
    )
    BINDINGS: ClassVar[list[BindingType]] = [("x", "export"), ("b", "badges"), ("s", "section")]

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.report: Report | None = None
        self.personal = False
        self.titles: list[int] = []

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(id="live")
            yield Button(_("Export"), "export")
            yield Button(_("Refresh"), "refresh")
        yield Lines(below=self.say_below)

    def on_mount(self) -> None:
        self.query_one(Lines).focus()

    async def opened(self) -> None:
        await self.read()

    def first_focus(self) -> Lines:
        return self.query_one(Lines)

    def on_resize(self) -> None:
        self.draw()

    def refresh_now(self) -> None:
        self.ask()

    @work(group="report", exclusive=True)
    async def ask(self) -> None:
        await self.read()

    async def read(self) -> None:
        """Make the report anew and show it."""
        report = await self.console.attempt(
            self.visit.station.report(uids=self.personal, comments=self.personal)
        )
        if report is not None:
            self.report = report
            self.draw()

    def draw(self) -> None:
        if self.report is None or not self.size.width:
            return
        time = clock_time(self.report.made, self.visit.zone)
        badges = _("with badges") if self.personal else _("without badges")
        self.query_one("#live", Static).update(
            Content(_(" Report of {time}, {badges}").format(time=time, badges=badges))
        )
        lines = lines_of(document(self.report), self.size.width - 1)
        self.titles = [index for index, line in enumerate(lines) if line.kind == "title"]
        self.query_one(Lines).show([line_content(line) for line in lines])

    def on_button_pressed(self, message: Button.Pressed) -> None:
        if message.action == "export":
            self.action_export()
        else:
            self.ask()

    def action_section(self) -> None:
        """Put the next section on top, after the last one the first."""
        lines = self.query_one(Lines)
        following = [index for index in self.titles if index > lines.cursor]
        lines.go_to_top(following[0] if following else 0)

    def action_badges(self) -> None:
        self.personal = not self.personal
        self.ask()

    @work(group="asking", exclusive=True)
    async def action_export(self) -> None:
        """Send the report of this moment as a file, with badges only where they are shown."""
        await export(self.console, personal=self.personal)
