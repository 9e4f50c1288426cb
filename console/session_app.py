"""The app of one session, started before anybody is there, so that it appears at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from console.textual_patches import apply_patches, prepare_environment

prepare_environment()

import screens  # noqa: E402
from console.session_workers import SessionWorkers  # noqa: E402
from console.wire_app import WireApp  # noqa: E402
from screens.app import ConsoleApp  # noqa: E402

apply_patches()


class SessionApp(WireApp[str], ConsoleApp):
    """The screens on a wire."""

    CSS_PATH = str(Path(screens.__file__).with_name("styles.tcss"))

    def __init__(self) -> None:
        super().__init__()
        self._workers = SessionWorkers(self)
        self.is_warm = asyncio.Event()

    def on_ready(self) -> None:
        """Everything is composed and styled once."""
        self.is_warm.set()
