"""Counts while a long file is made ready to go out, until it is or somebody cancels."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.buttons import Button
from screens.console import console_of
from screens.texts import _

COUNT_EVERY_S: Final = 1.0
"""Seconds from one figure to the next; a slow line has better things to carry."""


@dataclass(frozen=True, kw_only=True)
class Portion:
    """The next bytes of a file, with which `done` of `count` parts of it are there."""

    content: bytes
    done: int
    count: int


class Preparing(ModalScreen[bool]):
    """Writes portions into a file. Dismissed with True when all are there, False when it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "cancel")]

    def __init__(self, title: str, portions: AsyncIterator[Portion], file: BinaryIO) -> None:
        super().__init__()
        self.heading = title
        self._portions = portions
        self._file = file

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            yield Static(Content(_("The file is made ready.")), id="done")
            with Horizontal(classes="buttons"):
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(f" {self.heading} ")

    def on_mount(self) -> None:
        self.query_one(Button).focus()
        self.run_worker(self._prepare(), group="preparing")

    async def _prepare(self) -> None:
        console = console_of(self)
        try:
            done = await console.attempt(self._write())
        except OSError as error:
            done = False
            console.tell(_("The station's disk refuses it: {reason}.").format(reason=error.strerror or error))
        self.dismiss(done or False)

    async def _write(self) -> bool:
        counted = time.monotonic()
        async for portion in self._portions:
            self._file.write(portion.content)
            console_of(self).somebody_is_here()
            if time.monotonic() - counted >= COUNT_EVERY_S:
                counted = time.monotonic()
                says = _("{done} of {count} are ready.").format(done=portion.done, count=portion.count)
                self.query_one("#done", Static).update(Content(says), layout=False)
        return True

    def on_button_pressed(self) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        self.workers.cancel_node(self)
        self.dismiss(False)
