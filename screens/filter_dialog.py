"""The box in which somebody types which lines of a long list to see."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.buttons import Button
from screens.cleaned import fitted
from screens.record_filter import NotADay, day_of
from screens.text_edit import TextEdit
from screens.texts import _

T = TypeVar("T")
LABEL_WIDTH = 14
WIDEST = 20


class Field(NamedTuple):
    """A field by its name: what it is called, holds, takes at most, and what is said beside it."""

    name: str
    label: str
    value: str
    most: int
    help: str


def day_fields(first: date | None, last: date | None) -> list[Field]:
    """The fields for the first and the last day."""
    says = _("as in 2026-11-22; empty: all")
    return [
        Field("first", _("From day"), str(first or ""), 10, says),
        Field("last", _("To day"), str(last or ""), 10, says),
    ]


def days_of(text: Mapping[str, str]) -> tuple[date | None, date | None]:
    """The days that were typed. Raises NotADay, also for a last one before the first."""
    first, last = day_of(text["first"]), day_of(text["last"])
    if first is not None and last is not None and last < first:
        raise NotADay(_("The last day is before the first."))
    return first, last


class FilterDialog(ModalScreen[T | None]):
    """Dismissed with the filter, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,ctrl+c", "cancel")]

    @property
    @abstractmethod
    def heading(self) -> str: ...

    @abstractmethod
    def fields(self) -> Sequence[Field]: ...

    @abstractmethod
    def typed(self, text: Mapping[str, str]) -> T:
        """The filter that the fields mean, by their names. Raises NotADay for anything wrong."""

    @abstractmethod
    def cleared(self) -> T:
        """The filter of empty fields."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            for field in self.fields():
                with Horizontal(classes="line"):
                    yield Static(Content(f"{fitted(field.label, LABEL_WIDTH)} ["), classes="auto")
                    width = min(field.most, WIDEST) + 1
                    yield TextEdit(field.value, id=field.name, width=width, max_length=field.most)
                    yield Static(Content(f"] {field.help}"), classes="auto")
            yield Static(id="not-it")
            with Horizontal(classes="buttons"):
                yield Button(_("Show these"), "apply")
                yield Button(_("Show all"), "clear")
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(f" {self.heading} ")

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
            self.dismiss(self.cleared())
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _apply(self) -> None:
        try:
            self.dismiss(self.typed({field.id or "": field.value.strip() for field in self.query(TextEdit)}))
        except NotADay as refused:
            self.query_one("#not-it", Static).update(Content.styled(str(refused), "bold $error"))
