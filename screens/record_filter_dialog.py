"""The box in which somebody chooses the records to see by day, charge point and badge."""

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
from screens.record_filter import NotADay, RecordFilter, day_of
from screens.text_edit import TextEdit
from screens.texts import _

LABEL_WIDTH = 14
NO_BADGE = "-"
"""Typed for records without a badge, as the list shows them."""


class RecordFilterDialog(ModalScreen[RecordFilter | None]):
    """Dismissed with the filter, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "cancel")]

    def __init__(self, current: RecordFilter, points: int) -> None:
        super().__init__()
        self.current = current
        self.points = points

    def compose(self) -> ComposeResult:
        now = self.current
        badge = NO_BADGE if now.badge == "" else now.badge or ""
        day = _("as in 2026-11-22; empty: all")
        fields = [
            ("first", _("From day"), str(now.first or ""), 10, day),
            ("last", _("To day"), str(now.last or ""), 10, day),
            ("badge", _("Badge"), badge, 40, _("whole UID; -: none")),
        ]
        if self.points > 1:
            fields.insert(2, ("point", _("Charge point"), str(now.point or ""), 1, _("1 or 2; empty: both")))
        with Vertical(classes="box") as box:
            for name, label, value, most, help_ in fields:
                with Horizontal(classes="line"):
                    yield Static(Content(f"{fitted(label, LABEL_WIDTH)} ["), classes="auto")
                    yield TextEdit(value, id=name, width=min(most, 20) + 1, max_length=most)
                    yield Static(Content(f"] {help_}"), classes="auto")
            yield Static(id="not-it")
            with Horizontal(classes="buttons"):
                yield Button(_("Show these"), "apply")
                yield Button(_("Show all"), "clear")
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(_(" Which records "))

    def on_mount(self) -> None:
        self.query(TextEdit).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._apply()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "apply":
            self._apply()
        elif message.action == "clear":
            self.dismiss(RecordFilter(find=self.current.find))
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _apply(self) -> None:
        try:
            self.dismiss(self._typed())
        except NotADay as refused:
            self.query_one("#not-it", Static).update(Content.styled(str(refused), "bold $error"))

    def _typed(self) -> RecordFilter:
        """Raises NotADay, which also says what else is wrong."""
        text = {field.id: field.value.strip() for field in self.query(TextEdit)}
        first, last = day_of(text["first"]), day_of(text["last"])
        if first is not None and last is not None and last < first:
            raise NotADay(_("The last day is before the first."))
        point = text.get("point", "")
        if point not in {"", *map(str, range(1, self.points + 1))}:
            raise NotADay(_("The charge point is 1 or 2."))
        badge = text["badge"]
        return replace(
            self.current,
            first=first,
            last=last,
            point=int(point) if point else None,
            badge="" if badge == NO_BADGE else badge or None,
        )
