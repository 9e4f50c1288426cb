"""The maintenance report: who made the station, what is installed, how it does."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from core.api import Hardware, StationStatus
from screens.cleaned import cleaned, fitted
from screens.lines import Lines
from screens.page import Page
from screens.status_table import current_rows, input_rows, status_rows, title_line, value_lines
from screens.texts import N_, _

LABEL = 26
IDENTITY = {
    "commercial_reference": N_("Commercial reference"),
    "factory_code": N_("Factory code"),
    "production_date": N_("Production date"),
    "production_revision": N_("Production revision"),
    "batch_number": N_("Batch number"),
    "unique_identifier": N_("Unique identifier"),
    "product_id": N_("Product id"),
    "serial_number_part_1": N_("Serial number part 1"),
    "serial_number_part_2": N_("Serial number part 2"),
}


def identity_lines(hardware: Hardware) -> list[Content]:
    """What was fixed at the factory."""
    facts = [
        (_("Family"), hardware.family),
        (_("Charge points"), str(hardware.charge_points)),
        (_("Supply current"), f"{hardware.supply_current} A"),
        *((_(IDENTITY.get(name, name)), value) for name, value in hardware.identity.items()),
    ]
    return [Content(f"{fitted(name, LABEL)} {cleaned(value) or '-'}") for name, value in facts]


def version_lines(hardware: Hardware) -> list[Content]:
    """The installed versions, one row a charge point."""
    head = f"{fitted(_('Socket-outlet'), 16)}{fitted(_('Electronic board'), 20)}"
    head += f"{fitted(_('Commissioning tool'), 20)}{_('RFID reader')}"
    return [Content.styled(head, "bold")] + [
        Content(
            fitted(cleaned(row.designation), 16)
            + fitted(cleaned(row.board) or "-", 20)
            + fitted(cleaned(row.tool) or "-", 20)
            + (cleaned(row.reader) or "-")
        )
        for row in hardware.versions
    ]


def report_lines(hardware: Hardware, status: StationStatus, width: int) -> list[Content]:
    points = status.charge_points
    column = (width - LABEL - 2) // max(1, len(points))
    table = [*status_rows(points), *current_rows(points), *input_rows(points)]
    return [
        Content.styled(_("IDENTITY"), "bold"),
        *identity_lines(hardware),
        Content(""),
        Content.styled(_("INSTALLED VERSIONS"), "bold"),
        *version_lines(hardware),
        Content(""),
        title_line(_("STATE"), points, LABEL, column),
        *(line for row in table for line in value_lines(row, LABEL, column)),
    ]


class ReportPage(Page):
    """The report, to read."""

    hints = N_("Up/Down Scroll  PgDn/n Next  PgUp/p Back  ^R Refresh  Esc Tabs  ? Help")
    about = N_("What the station is, what is installed on it, and its state when this page was opened.")

    def compose(self) -> ComposeResult:
        yield Lines(below=self.say_below)

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self.call_after_refresh(self.refresh_now)

    def first_focus(self) -> Lines:
        return self.query_one(Lines)

    def on_resize(self) -> None:
        self.refresh_now()

    def refresh_now(self) -> None:
        width = self.size.width - 1
        self.query_one(Lines).show(report_lines(self.visit.hardware, self.visit.status, width))
