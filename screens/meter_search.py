"""Shows how far a search for a power meter is and what answers, until one is chosen or somebody cancels."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from core.api import FoundMeter, MeterSearch
from screens.buttons import Button
from screens.cleaned import cleaned, fitted
from screens.console import console_of
from screens.lines import Lines
from screens.meter_words import three
from screens.texts import _, ngettext

DRAW_EVERY_S = 1.0
"""Seconds from one figure to the next; a slow line has better things to carry."""
WIDTH = 70


class MeterSearching(ModalScreen[FoundMeter | None]):
    """Dismissed with the meter that was chosen, None for Esc; a search that still runs is ended then."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "cancel"), ("tab", "app.focus_next")]

    def __init__(self, search: MeterSearch) -> None:
        super().__init__()
        self.search = search
        self._listed = -1

    def compose(self) -> ComposeResult:
        with Vertical(classes="box tall") as box:
            yield Static(id="far")
            yield Static(id="place")
            yield Lines()
            yield Static(id="advice")
            with Horizontal(classes="buttons"):
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(_(" Meter of charge point {number} ").format(number=self.search.point))

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self.draw()
        # What the search announced before this screen was there is not announced again.
        self.read()
        self.set_interval(DRAW_EVERY_S, self.draw)

    @work(group="search", exclusive=True)
    async def read(self) -> None:
        """Read how far it is; figures are drawn once a second, news of meters and of the end at once."""
        console = console_of(self)
        search = await console.attempt(console.visit.station.meter_search())
        if search is None or search.session != self.search.session:
            return
        console.somebody_is_here()
        news = (search.running, len(search.found)) != (self.search.running, len(self.search.found))
        self.search = search
        if news:
            self.draw()

    def draw(self) -> None:
        """Show how far it is, and what answers."""
        search = self.search
        self.query_one("#far", Static).update(Content(far_words(search)), layout=False)
        if not search.running:
            self.query_one(Button).rename(_("Close"))
        place = _("Asks {place}").format(place=cleaned(search.now)) if search.running else _(search.reason)
        self.query_one("#place", Static).update(Content(fitted(place, WIDTH)), layout=False)
        if self._listed != len(search.found):
            self._listed = len(search.found)
            self.query_one(Lines).show([Content(fitted(meter_line(m), WIDTH)) for m in search.found])
            self._advise()

    def _advise(self) -> None:
        found = self._chosen()
        words = "" if found is None else _(found.words)
        if found is not None and not words:
            words = _("Enter fills it in.") if found.fills else ""
        self.query_one("#advice", Static).update(Content(cleaned(words)))

    def _chosen(self) -> FoundMeter | None:
        at = self.query_one(Lines).cursor
        return self.search.found[at] if at < len(self.search.found) else None

    def on_lines_moved(self) -> None:
        self._advise()

    def on_lines_opened(self) -> None:
        found = self._chosen()
        if found is not None and found.fills:
            self._leave(found)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self._leave(None)

    def action_cancel(self) -> None:
        self._leave(None)

    @work(group="leaving", exclusive=True)
    async def _leave(self, found: FoundMeter | None) -> None:
        console = console_of(self)
        if self.search.running:
            await console.attempt(console.visit.station.stop_finding_meters())
        self.dismiss(found)


def far_words(search: MeterSearch) -> str:
    """`12 of 96 places asked, 1 meter found`."""
    meters = sum(meter.is_meter for meter in search.found)
    found = ngettext("{count} meter found", "{count} meters found", meters).format(count=meters)
    words = _("{done} of {total} places asked, {found}").format(
        done=search.done, total=search.total, found=found
    )
    ends = {
        "complete": _("The search is over."),
        "stopped": _("The search was stopped."),
        "session": _("The search was stopped."),
        "failed": _("The search failed."),
    }
    return f"{words}. {ends[search.ended]}" if search.ended else words


def meter_line(meter: FoundMeter) -> str:
    """`192.168.0.130 port 502  address 2  230.1 230.0 229.8 V  (point 2)`."""
    speech = "" if meter.baud is None else f" {meter.baud} {meter.parity}"
    where = _("address {address}  {place}{speech}").format(
        address=meter.address, place=cleaned(meter.place), speech=speech
    )
    what = three(meter.voltage, "V", digits=0) if meter.is_meter else _("no meter")
    used = "" if meter.used_by is None else _(", of charge point {number}").format(number=meter.used_by)
    return f"{what:14}  {where}{used}"
