"""The box in which somebody chooses where to look for a power meter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from core.api import MeterSearchRequest
from screens.buttons import Button
from screens.cleaned import cleaned, fitted
from screens.meter_ranges import NotARange, number_range, parities_of, speeds_of
from screens.text_edit import TextEdit
from screens.texts import _
from screens.visit import Visit

LABEL_WIDTH = 16
WIDTH = 22
ADDRESSES = (1, 255)
GATEWAYS = (130, 162)


class MeterRangeDialog(ModalScreen[MeterSearchRequest | None]):
    """Dismissed with what to ask, None for Esc. Fields that are empty or untouched mean the usual places."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+c", "cancel"),
        ("down", "app.focus_next"),
        ("up", "app.focus_previous"),
    ]

    def __init__(self, visit: Visit, point: int) -> None:
        super().__init__()
        self.visit = visit
        self.point = point
        self._usual: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            fields = self._fields()
            self._usual = {name: value for name, _label, value, _help in fields if name != "point"}
            for name, label, value, help_ in fields:
                with Horizontal(classes="line"):
                    yield Static(Content(f"{fitted(label, LABEL_WIDTH)} ["), classes="auto")
                    yield TextEdit(value, id=name, width=WIDTH, max_length=40)
                    yield Static(Content(f"] {help_}"), classes="auto")
            yield Static(Content(_("Charges go on meanwhile. The likely places are asked first.")))
            yield Static(id="not-it")
            with Horizontal(classes="buttons"):
                yield Button(_("Look for it"), "look")
                yield Button(_("Cancel"), "cancel")
        box.border_title = Content(_(" Find meter "))

    def _fields(self) -> list[tuple[str, str, str, str]]:
        """Name, label, value and help of each field that matters where the meter is reached."""
        fields = [("addresses", _("Modbus addresses"), "1-32", _("1 to 255, as in 2 or 1-32"))]
        if self.visit.hardware.charge_points > 1:
            fields.insert(0, ("point", _("Charge point"), str(self.point), _("1 or 2")))
        place = self.visit.hardware.meter_places[self.point - 1]
        if not place:
            own = self.visit.value("network.ip_address").rpartition(".")[0]
            help_ = _("130 to 162: the last byte after {own}.").format(own=cleaned(own))
            fields.append(("gateways", _("Gateways"), "130-162", help_))
        elif place.startswith("/"):
            fields.append(("speeds", _("Speeds, baud"), "19200,9600,38400", _("of the serial port")))
            fields.append(("parities", _("Parities"), "N,E", _("N, E or O")))
        return fields

    def on_mount(self) -> None:
        self.query_one("#not-it").display = False
        self.query(Button).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._look()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if message.action == "look":
            self._look()
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def _look(self) -> None:
        try:
            self.dismiss(self._typed())
        except NotARange as refused:
            says = self.query_one("#not-it", Static)
            says.display = True
            says.update(Content.styled(str(refused), "bold $error"))

    def _typed(self) -> MeterSearchRequest:
        """Raises NotARange."""
        text = {
            field.id: "" if field.value == self._usual.get(field.id or "") else field.value
            for field in self.query(TextEdit)
        }
        points = self.visit.hardware.charge_points
        point = number_range(_("Charge point"), text.get("point", str(self.point)), (1, points))[0]
        addresses = number_range(_("Modbus addresses"), text["addresses"], ADDRESSES)
        gateways = number_range(_("Gateways"), text.get("gateways", ""), GATEWAYS)
        return MeterSearchRequest(
            point=point or self.point,
            first_address=addresses[0],
            last_address=addresses[1],
            first_gateway=gateways[0],
            last_gateway=gateways[1],
            bauds=speeds_of(text.get("speeds", "")),
            parities=parities_of(text.get("parities", "")),
        )
