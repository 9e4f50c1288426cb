"""The log-in screen: language, user name, password, and why a try was refused."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from core.api import Station, Welcome
from core.errors import LogInRefused, StationError, TryLater
from screens.buttons import Button
from screens.cleaned import cleaned
from screens.console import Console, console_of, refusal_words
from screens.labelled import Labelled
from screens.language_choice import LanguageChoice
from screens.texts import _

WAIT_KEY = "wait_s"


class Login(Screen[None], inherit_bindings=False):
    """Nothing of the station can be seen from here but its name, its state and its version."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "clear"),
        ("down", "app.focus_next"),
        ("up", "app.focus_previous"),
    ]

    class Entered(Message):
        """The station let somebody in."""

        def __init__(self, station: Station) -> None:
            self.station = station
            super().__init__()

    def __init__(self, welcome: Welcome) -> None:
        super().__init__()
        self.welcome = welcome
        self.wait = 0
        self.refusal = ""

    @property
    def console(self) -> Console:
        return console_of(self)

    def compose(self) -> ComposeResult:
        yield Static(id="welcome")
        yield Static(id="warning")
        with Vertical(classes="login"):
            yield LanguageChoice()
            yield Static(Content(""))
            yield Labelled(_("User name"), id="account", label_width=10)
            yield Labelled(_("Password"), id="password", password=True, label_width=10)
            yield Static(Content(""))
            with Horizontal(classes="buttons"):
                yield Button(_("Log in"), "log_in")
        yield Static(id="refusal")
        yield Static(id="link")

    def on_mount(self) -> None:
        self.speak()
        self.query_one("#account", Labelled).edit.focus()
        self.set_interval(1.0, self.count)

    def speak(self) -> None:
        """Say everything in the chosen language."""
        welcome, terminal = self.welcome, self.console.terminal
        name = cleaned(welcome.station_name, ascii_only=terminal.ascii)
        serial = cleaned(welcome.serial_number, ascii_only=terminal.ascii)
        head = _(" EV charging station  {name}  SN {serial}   Console v{version}")
        self.query_one("#welcome", Static).update(
            Content.styled(head.format(name=name, serial=serial, version=welcome.version), "bold")
        )
        warning = _(
            "   DANGER   Electric shock, arc flash. For qualified persons only, who wear\n"
            "            protective equipment. Wrong values can damage station and vehicle."
        )
        self.query_one("#warning", Static).update(Content.styled(warning, "bold $warning"))
        self.query_one(".login", Vertical).border_title = Content(_(" Log in "))
        foot = [
            _(" Link  {link}   Terminal {terminal} {width}x{height}").format(
                link=terminal.description or "-",
                terminal=terminal.terminal or terminal.profile,
                width=self.app.size.width,
                height=self.app.size.height,
            ),
            _(" Lost admin password: factory reset at the station, see its installation guide."),
            "",
            console_of(self).glyphs.rule * self.app.size.width,
            _(" Tab Next field   Enter Log in   F1/^G Help   ^L Redraw"),
        ]
        self.query_one("#link", Static).update(Content("\n".join(foot)))

    async def on_language_choice_chosen(self) -> None:
        await self.recompose()
        self.speak()
        self.query_one(LanguageChoice).focus()

    def on_input_submitted(self) -> None:
        if self.query_one("#account", Labelled).edit.has_focus:
            self.query_one("#password", Labelled).edit.focus()
        else:
            self.try_it()

    def on_button_pressed(self) -> None:
        self.try_it()

    def action_clear(self) -> None:
        for field in self.query(Labelled):
            field.edit.value = ""
        self.query_one("#account", Labelled).edit.focus()

    @work(group="door", exclusive=True)
    async def try_it(self) -> None:
        """Ask the station; a refusal says how long to wait."""
        account = self.query_one("#account", Labelled).edit.value.strip()
        password = self.query_one("#password", Labelled).edit
        if self.wait or not account:
            return
        typed = password.value
        password.value = ""
        self.say("")
        try:
            station = await self.console.entrance.log_in(account, typed, self.console.origin)
        except LogInRefused as refused:
            self.wait = round(float(refused.details.get(WAIT_KEY, "0")))
            self.say(refusal_words(refused))
        except TryLater:
            self.console.link_lost()
        except StationError as refused:
            self.say(refusal_words(refused))
        else:
            self.app.post_message(self.Entered(station))

    def say(self, refusal: str) -> None:
        self.refusal = refusal
        words = [self.refusal]
        if self.wait:
            words.append(_("Next try possible in {seconds} s.").format(seconds=self.wait))
        text = "\n".join(f"                   {line}" for line in words)
        self.query_one("#refusal", Static).update(Content.styled(text, "bold $error"))

    def count(self) -> None:
        """A second of the waiting time has passed."""
        if self.wait:
            self.wait -= 1
            self.say(self.refusal)
