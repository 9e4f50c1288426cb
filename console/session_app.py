"""The app of one session, started before anybody is there, so that it appears at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from console.textual_patches import apply_patches, prepare_environment

prepare_environment()

import screens  # noqa: E402
from console.session_workers import SessionWorkers  # noqa: E402
from console.terminal.profiles import TerminalProfile  # noqa: E402
from console.wire import Wire  # noqa: E402
from console.wire_app import WireApp  # noqa: E402
from core.api import Entrance, Origin, Station  # noqa: E402
from screens.app import ConsoleApp, Reconnect  # noqa: E402
from screens.terminal_facts import TerminalFacts  # noqa: E402

apply_patches()


class SessionApp(WireApp[str], ConsoleApp):  # type: ignore[misc]  # Each base has an `attach` of its own.
    """The screens on a wire."""

    CSS_PATH = str(Path(screens.__file__).with_name("styles.tcss"))

    def __init__(self) -> None:
        super().__init__()
        self._workers = SessionWorkers(self)
        self.is_warm = asyncio.Event()

    def on_ready(self) -> None:
        """Everything is composed and styled once."""
        self.is_warm.set()

    def show_on(self, wire: Wire, profile: TerminalProfile, columns: int, rows: int) -> None:
        """Draw on this wire from now on."""
        WireApp.attach(self, wire, profile, columns, rows)

    def let_in(
        self,
        entrance: Entrance,
        station: Station | None,
        *,
        origin: Origin,
        terminal: TerminalFacts,
        reconnect: Reconnect,
    ) -> None:
        """Show the log-in screen, or the station to who is logged in already."""
        ConsoleApp.attach(self, entrance, station, origin=origin, terminal=terminal, reconnect=reconnect)
