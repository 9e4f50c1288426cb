"""The box in which somebody chooses the days of the log."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.buttons import Button
from screens.cleaned import fitted
from screens.log_filter import LogFilter
from screens.record_filter import NotADay, day_of
from screens.text_edit import TextEdit
from screens.texts import _

LABEL_WIDTH = 14


class LogDaysDialog(ModalScreen[LogFilter | None]):
    """Dismissed with the filter, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "cancel")]

    def __init__(self, current: LogFilter) -> None:
        super().__init__()
        self.current = current

    def compose(self) -> ComposeResult:
        fields = (("first", _("From day"), self.current.first), ("last", _("To day"), self.current.last))
        with Vertical(classes="box") as box:
            for name, label, value in fields:
                with Horizontal(classes="line"):
                    yield Static(Content(f"{fitted(label, LABEL_WIDTH)} ["), classes="auto")
                    yield TextEdit(str(value or ""), id=name, width=11, max_length=10)
                    yield Static(Content(_("] as in 2026-11-22; empty: all")), classes="auto")
            yield Static(id="not-it")
            with Horizontal(classes="buttons"):
                yield Button(_("Show these"), "apply")
                yield Button(_("All days"), "clear")
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(_(" Which days "))

    def on_mount(self) -> None:
        self.query(TextEdit).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._apply()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "apply":
            self._apply()
        else:
            cleared = replace(self.current, first=None, last=None)
            self.dismiss(cleared if message.action == "clear" else None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _apply(self) -> None:
        try:
            first, last = (day_of(self.query_one(f"#{name}", TextEdit).value) for name in ("first", "last"))
        except NotADay as refused:
            self._refuse(str(refused))
            return
        if first is not None and last is not None and last < first:
            self._refuse(_("The last day is before the first."))
        else:
            self.dismiss(replace(self.current, first=first, last=last))

    def _refuse(self, says: str) -> None:
        self.query_one("#not-it", Static).update(Content.styled(says, "bold $error"))
