"""Which system outside may give orders now."""

from __future__ import annotations

from core.charge_points.configured import is_supervised
from core.errors import Invalid, NotAllowed
from core.settings.reader import SettingsReader
from core.values.outside import Outsider

EXTERNAL_CONTROL = "energy.external_control"
LONGEST_ID_TAG = 20


def require(settings: SettingsReader, origin: Outsider) -> None:
    """Raise NotAllowed unless this system may give orders."""
    if origin == "plc" and not settings.is_on(EXTERNAL_CONTROL):
        raise NotAllowed("No external system controls this station (Energy, Advanced settings)")
    if origin == "ocpp" and not is_supervised(settings):
        raise NotAllowed("No OCPP supervision is set up for this station (Configuration, Supervision)")


def id_tag(text: str) -> str:
    """An id tag as a system outside writes it; "" is nobody's. Raises Invalid."""
    if len(text) > LONGEST_ID_TAG or not (text.isascii() and (text.isprintable() or not text)):
        raise Invalid("An id tag is up to 20 printable characters of ASCII")
    return text
