"""The first line of the screen: which station, in what state, who looks at it, and its time."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from core.api import StationState
from screens.cleaned import cleaned, fitted
from screens.console import console_of
from screens.texts import N_, _
from screens.times import day_and_minute
from screens.visit import origin_words

STATES = {
    "Operational": N_("Operational"),
    "Restarting": N_("Restarting"),
    "Unavailable": N_("Unavailable"),
    "Fault": N_("FAULT"),
}
TIME_WIDTH = 17
STATION_WIDTH = 30


WAITING = {
    "restart": N_("restart waits"),
    "factory_reset": N_("reset waits"),
    "firmware": N_("firmware waits"),
    "personal_data": N_("erasing waits"),
}
"""Said while something waits until no charge is open."""


LINKS = {
    "waiting": N_("supervision lost"),
    "rejected": N_("supervision refuses"),
    "pending": N_("supervision pending"),
}
"""Said in the place of the usual state while the link to the supervision is not as it should be."""


def state_words(station: StationState, link: str = "") -> str:
    """The state of the station, and what waits; the usual state is not worth its room then.

    `link` is the state of the link to the supervision.
    """
    state = _(STATES.get(station.state, station.state))
    if station.restart_waiting is None:
        return _(LINKS[link]) if link in LINKS and station.state == "Operational" else state
    waits = _(WAITING[station.restart_waiting.purpose])
    return waits if station.state == "Operational" else f"{state}, {waits}"


class StationLine(Widget):
    """` CS-01 Operational    admin, serial ttyS1    2026-11-22 14:05`."""

    def render(self) -> Content:
        console = console_of(self)
        if not console.attached:
            return Content("")
        visit = console.visit
        station = visit.status.station
        name = cleaned(station.name, ascii_only=console.terminal.ascii)
        state = state_words(station, visit.status.links.get("supervision", ""))
        demo = _(" (demo)") if station.demo else ""
        person = f"{visit.person.account}, {cleaned(origin_words(visit.person.origin))}"
        if visit.others:
            names = ", ".join(sorted({other.account for other in visit.others}))
            person += _(" +{count}: {names}").format(count=len(visit.others), names=names)
        room = self.size.width - STATION_WIDTH - TIME_WIDTH - 1
        return Content.assemble(
            Content.styled(" " + fitted(f"{name} {state}{demo}", STATION_WIDTH), "bold"),
            fitted(person, room),
            day_and_minute(station.time, visit.zone).rjust(TIME_WIDTH - 1),
        )
