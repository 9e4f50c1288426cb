"""Date and time: the clock with its zone and time server above the form, and setting it now."""

from __future__ import annotations

import msgspec
from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from core.api import ClockChange, StationStatus
from core.errors import StationError, TryLater
from core.events import ClockStepped, TimeServerChanged
from core.values.timekeeping import ClockStatus
from screens.buttons import Button
from screens.clock_words import lines_of, set_line, zone_of
from screens.console import refusal_words
from screens.known_form import KnownForm
from screens.labelled import Labelled
from screens.step_words import step_line
from screens.texts import N_, _

MODE, SERVER = "time.mode", "time.ntp_server"


class TimePage(KnownForm[ClockStatus]):
    """The settings of date and time, what the clock shows, and setting it."""

    about = N_(
        "Set now sets the clock to the date and time above it, in local time; where a time comes twice in a "
        "night, add which is meant, as in 02:30+01:00. With NTP server the clock follows that server. Test "
        "asks the server that is entered here, saved or not, step by step, and sets nothing. Synchronise "
        "asks now. Charges that are under way keep their duration."
    )
    news = (ClockStepped, TimeServerChanged)

    def __init__(self, tab: str, sub_tab: str) -> None:
        super().__init__(tab, sub_tab)
        self._filled = ""

    def compose(self) -> ComposeResult:
        yield Static(id="known")
        yield Labelled(_("Date"), id="date", width=11)
        yield Labelled(_("Time"), id="time", width=15)
        with Horizontal(classes="line", id="actions"):
            yield Button(_("Set now"), "set")
            yield Button(_("Synchronise"), "sync")
            yield Button(_("Test time server"), "test")
        yield Static(id="clock-said")
        yield from super().compose()

    async def opened(self) -> None:
        self._offer(manual=self._saved_mode == "manual")
        await super().opened()
        self._fill()

    @property
    def _saved_mode(self) -> str:
        view = self.visit.settings.get(MODE)
        return "" if view is None else str(view.value)

    def _offer(self, *, manual: bool) -> None:
        """Show what can be done as the clock is set now; the test as it is entered."""
        for name in ("#date", "#time"):
            self.query_one(name).display = manual
        by_server = self.visit.value(MODE) == "ntp_server"
        shown = {"set": manual, "sync": not manual, "test": by_server or not manual}
        for button in self.query(Button):
            button.display = shown[button.action]

    def settings_changed(self) -> None:
        self._offer(manual=self._saved_mode == "manual")
        self.read()
        super().settings_changed()

    async def ask(self) -> ClockStatus:
        return await self.visit.station.clock()

    def known_lines(self, known: ClockStatus) -> list[str]:
        said, test = lines_of(known), known.test
        if test is not None and test.ok is None:
            return [*said[:1], _("Asking the time server ..."), *map(step_line, test.steps[-1:])]
        return said

    def show_status(self, status: StationStatus) -> None:
        if self.known is not None:
            self.show(msgspec.structs.replace(self.known, time=status.station.time))

    def show(self, known: ClockStatus | None) -> None:
        before = self.known
        super().show(known)
        zone_is_new = known is not None and before is not None and before.zone != known.zone
        if zone_is_new and self._written == self._filled:
            self._fill()

    def _edit(self, name: str) -> Input:
        return self.query_one(f"#{name}", Labelled).edit

    @property
    def _written(self) -> str:
        return f"{self._edit('date').value.strip()} {self._edit('time').value.strip()}"

    def _fill(self) -> None:
        """Put the clock's own date and time into the fields."""
        if self.known is not None:
            local = self.known.time.astimezone(zone_of(self.known))
            self._edit("date").value = f"{local:%Y-%m-%d}"
            self._edit("time").value = f"{local:%H:%M:%S}"
            self._filled = self._written

    def _say(self, text: str) -> None:
        """Say what came of it below the buttons, whole where the line of messages would cut it."""
        line = self.query_one("#clock-said", Static)
        line.display = bool(text)
        line.update(Content("\n".join(self.wrapped([text] if text else []))))

    def on_mount(self) -> None:
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    @work(group="asking", exclusive=True)
    async def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self._say("")
        try:
            if message.action == "test":
                await self._test()
            elif message.action == "sync":
                self.console.tell(_("Asking the time server ..."))
                self._told(await self.visit.station.sync_clock())
            else:
                self._told(await self.visit.station.set_clock(self._written))
                self._fill()
        except TryLater:
            self.console.link_lost()
        except StationError as refusal:
            self._say(f"! {refusal_words(refusal)}")

    def _told(self, change: ClockChange) -> None:
        if change.said:
            self.console.tell(_("The time server gave no time."))
        elif self.known is not None:
            self.console.tell(set_line(change, zone_of(self.known)))

    async def _test(self) -> None:
        server = self.visit.edits.changes().get(SERVER)
        changes = {} if server is None else {SERVER: server}
        test = await self.visit.station.test_time_server(changes)
        good = _("The server gives the time. The clock was not set.")
        await self.show_outcome(_("Test time server"), test, good)
