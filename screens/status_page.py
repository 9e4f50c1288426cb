"""Live status: refreshed every 5 s, until somebody freezes it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.api import StationStatus
from core.faults import FAULTS
from core.values.error_records import ErrorQuery, ErrorRecord
from screens.buttons import Button
from screens.error_history_lines import history_lines
from screens.lines import Lines
from screens.link_rows import link_rows
from screens.page import Page
from screens.status_errors import error_lines
from screens.status_table import (
    LABEL,
    booking_rows,
    current_rows,
    input_rows,
    session_rows,
    status_rows,
    title_line,
    value_lines,
)
from screens.texts import N_, _
from screens.times import clock_time

LIGHTS = {"ready": N_("ready"), "charging": N_("charging"), "fault": N_("fault"), "off": N_("off")}
MOST_SHOWN = 200
NAMES = {number: fault.name for number, fault in FAULTS.items()}


class StatusPage(Page):
    """Errors first, then states, currents, sessions and inputs of every charge point, and links outside."""

    hints = N_("f Freeze  h History  a All checks  PgDn/n Next  Enter Go to cause  ? Help")
    about = N_(
        "Live status of the station, read again every 5 seconds. Errors come first, each with what to do. "
        "Freeze stops the reading, so that a moment can be looked at; Refresh then reads once; Resume goes "
        "on. States are shown by their technical names. h lists how errors came and went, and by what."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f", "freeze"),
        ("a", "all_checks"),
        ("h", "history"),
        ("pagedown,n", "page(1)"),
        ("pageup,p", "page(-1)"),
    ]

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self.frozen = False
        self.all_checks = False
        self.places: list[tuple[str, str]] = []
        self.past: tuple[ErrorRecord, ...] | None = None
        """How errors came and went, while that is shown."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(id="live")
            yield Button(_("Freeze"), "freeze", classes="live")
            yield Button(_("Refresh"), "refresh", classes="frozen")
            yield Button(_("Resume"), "freeze", classes="frozen")
        yield Lines(below=self.say_below)

    def on_mount(self) -> None:
        lines = self.query_one(Lines)
        lines.focus()
        lines.cursor = 1 if self.visit.status.errors else 0
        self.call_after_refresh(self.draw, self.visit.status)

    def on_resize(self) -> None:
        self.draw(self.visit.status)

    def first_focus(self) -> Lines:
        return self.query_one(Lines)

    def show_status(self, status: StationStatus) -> None:
        if self.past is not None:
            self._read_past()
        elif not self.frozen:
            self.draw(status)

    def refresh_now(self) -> None:
        self.draw(self.visit.status)

    def draw(self, status: StationStatus) -> None:
        """Show this status; only what differs goes over the line."""
        for button in self.query(Button):
            button.display = self.past is None and button.has_class("frozen") == self.frozen
        last = clock_time(status.station.time, self.visit.zone)
        says = _("Frozen at {time}") if self.frozen else _("Live, every 5 s, last {time}")
        light = _(LIGHTS.get(status.station.light, status.station.light))
        words = f"{says.format(time=last)}   {_('Light: {light}').format(light=light)}"
        self.query_one("#live", Static).update(Content(f" {words}"))
        width = self.size.width - 1
        points = status.charge_points
        if self.past is not None:
            self._show_past(self.past, status, width)
            return
        column = (width - LABEL - 1) // max(1, len(points))
        lines = error_lines(status, NAMES, self.console, width, all_checks=self.all_checks)
        sections = [
            (_("STATUS"), status_rows(points)),
            (_("CURRENT"), current_rows(points)),
            (_("SESSION"), session_rows(points, status.station.time, self.visit.zone)),
            (_("BOOKED"), booking_rows(points, status.station.time, self.visit.zone)),
            (_("INPUTS"), input_rows(points)),
        ]
        for title, rows in sections:
            if rows:
                lines.append((Content(""), None))
                lines.append((title_line(title, points, LABEL, column), None))
                lines += [(line, None) for row in rows for line in value_lines(row, LABEL, column)]
        outside = link_rows(status.links)
        if outside:
            lines += [(Content(""), None), (Content.styled(_("LINKS"), "bold"), None)]
            for name, state in outside:
                lines += [(line, None) for line in value_lines((name, [state]), LABEL, width - LABEL - 1)]
        self.places = [("", "") if error is None else (error.tab, error.sub_tab) for _line, error in lines]
        self.query_one(Lines).show([line for line, _cause in lines])

    def _show_past(self, past: tuple[ErrorRecord, ...], status: StationStatus, width: int) -> None:
        points = len(status.charge_points)
        lines = history_lines(past, self.visit.zone, width, points)
        faults = [FAULTS.get(number or 0) for _line, number in lines]
        self.places = [("", "") if fault is None else (fault.tab, fault.sub_tab) for fault in faults]
        self.query_one(Lines).show([line for line, _number in lines])

    def _read_past(self) -> None:
        self.run_worker(self._past_is_read(), group="records", exclusive=True)

    async def _past_is_read(self) -> None:
        query = ErrorQuery(last=MOST_SHOWN)
        past = await self.console.attempt(self.visit.station.error_history(query))
        if past is not None:
            self.past = past
            self.draw(self.visit.status)

    def on_lines_opened(self, message: Lines.Opened) -> None:
        tab, sub_tab = self.places[message.index] if message.index < len(self.places) else ("", "")
        if tab and self.console.place_words(tab, sub_tab):
            self.console.open_page(tab, sub_tab)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        if message.action == "refresh":
            self.run_worker(self.read_once())
        else:
            self.action_freeze()

    async def read_once(self) -> None:
        await self.console.attempt(self.visit.read_status())
        self.draw(self.visit.status)

    def action_freeze(self) -> None:
        if self.past is not None:
            return
        self.frozen = not self.frozen
        self.draw(self.visit.status)
        self.query_one(Lines).focus()

    def action_history(self) -> None:
        """Show how errors came and went, or Live status again."""
        self.query_one(Lines).cursor = 0
        if self.past is None:
            self._read_past()
        else:
            self.past = None
            self.draw(self.visit.status)

    def action_page(self, pages: int) -> None:
        """From the buttons too."""
        lines = self.query_one(Lines)
        lines.focus()
        lines.action_page(pages)

    def action_all_checks(self) -> None:
        self.all_checks = not self.all_checks
        self.draw(self.visit.status)
