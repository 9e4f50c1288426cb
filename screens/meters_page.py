"""Meters: what each meter measures and whether it answers beside its settings, and looking for it."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from core.api import AnyEvent, ChargePointStatus, FoundMeter, SettingView
from core.events import MeterSearchChanged
from screens.buttons import Button
from screens.checks import problem
from screens.live_form import AT_REST, NOTHING, LiveForm, Said
from screens.meter_range_dialog import MeterRangeDialog
from screens.meter_search import MeterSearching
from screens.meter_words import WHERE, answer_words, asked_words, live_lines
from screens.rows import SettingRow
from screens.texts import N_, _

INDENT = "   "


class MetersPage(LiveForm):
    """The settings of the meters beside what they measure."""

    about = N_(
        "Where the energy of each charge point is counted, and what is measured now. At the addresses of a "
        "power meter stands where they lead, and whether the meter answers there. Find meter asks address "
        "after address and fills in what it finds; nothing applies before it is saved."
    )

    def compose(self) -> ComposeResult:
        if self.may_find:
            with Horizontal(classes="line"):
                yield Button(_("Find meter"), "find_meter")
        yield from super().compose()

    @property
    def may_find(self) -> bool:
        """The account that may change where the meter is asked."""
        view = self.visit.settings.get("meter.1.rtu_address")
        return view is not None and view.writable

    def first_focus(self) -> Widget | None:
        """The first choice: the button above the form is not what somebody means by opening the page."""
        rows = (row.editor for row in self.query(SettingRow) if not row.idle)
        return next((each for each in rows if each.focusable and isinstance(each, SettingRow)), None)

    def now_lines(self, point: ChargePointStatus) -> list[str | Content]:
        width = self.size.width - len(INDENT) - 1
        lines = live_lines(self.visit, point, self.visit.status.errors, width)
        return [INDENT + line for line in lines]

    def said_of(self, view: SettingView) -> Said:
        _meter, number, *name = view.key.split(".")
        point = self.charge_point(int(number)) if number.isdigit() else None
        if point is None or not name or name[0] not in WHERE:
            return NOTHING
        place = asked_words(self.visit, point.point) if name[0] == "rtu_address" else ""
        if problem(view, self.visit.value(view.key)):
            return Said(below=AT_REST if place else "")
        if name[0] == "gateway_address" and self.visit.hardware.meter_places[point.point - 1]:
            return Said(beside=_("not used: the hardware profile says where"))
        return Said(beside=answer_words(self.visit, point), below=place)

    def announced(self, fact: AnyEvent) -> None:
        if isinstance(fact, MeterSearchChanged):
            for screen in self.app.screen_stack:
                if isinstance(screen, MeterSearching):
                    screen.read()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.find_meter()

    @work(group="asking", exclusive=True)
    async def find_meter(self) -> None:
        """Choose where to look, look, and fill in what was chosen."""
        here = self.focused_row()
        number = here.view.key.split(".")[1] if here is not None else ""
        point = int(number) if number.isdigit() else 1
        request = await self.app.push_screen_wait(MeterRangeDialog(self.visit, point))
        if request is None:
            return
        search = await self.console.attempt(self.visit.station.find_meters(request))
        if search is None:
            return
        found = await self.app.push_screen_wait(MeterSearching(search))
        if found is not None:
            self.fill_in(found)

    def fill_in(self, found: FoundMeter) -> None:
        """Put a meter that was chosen into the form, unsaved."""
        for key, value in found.fills.items():
            view = self.visit.settings.get(key)
            if view is not None and view.writable:
                self.visit.edits.put(view, str(value))
        self.console.edits_changed()
        self.check()
        address = next((key for key in found.fills if key.endswith(".rtu_address")), "")
        self.call_next(self._go_to, address)
        says = _("Filled in: address {address}. Save to count by this meter.").format(address=found.address)
        self.console.tell(f"{says} {_(found.words)}".strip())

    def _go_to(self, key: str) -> None:
        row = self.row(key)
        if row is not None and not row.idle:
            row.editor.focus()
