"""Which meter a charge point has, where it is, and how its phases are wired."""

from __future__ import annotations

import msgspec

from core.meters.models import MODELS
from core.modbus import ModbusLink, read_modbus_link
from core.profile import HardwareProfile
from core.settings.meter_place import PORT, neighbour
from core.settings.phase_order import PHASE_ORDERS, STRAIGHT, PhaseOrder
from core.settings.reader import SettingsReader

BAUD = 19200
"""The speed of a meter on a serial port whose link names none (guide, Meters)."""
SIMULATED_PLACE = "simulated"


class MeterSetup(msgspec.Struct, frozen=True, kw_only=True):
    """A power meter by its `model`: the Modbus `unit` on a `link`, or a simulated one (link None)."""

    model: str
    link: ModbusLink | None
    unit: int
    order: PhaseOrder = PhaseOrder(meter=STRAIGHT, contactor=STRAIGHT)

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return SIMULATED_PLACE if self.link is None else f"{place_words(self.link)}, address {self.unit}"


def setup_of(profile: HardwareProfile, settings: SettingsReader, point: int) -> MeterSetup | None:
    """The power meter of a charge point; None where its energy comes from the internal transformers."""
    model = settings.text(f"meter.{point}.metering")
    if model not in MODELS:
        return None
    return MeterSetup(
        model=model,
        link=link_of(profile, settings, point),
        unit=settings.number(f"meter.{point}.rtu_address"),
        order=PHASE_ORDERS[settings.text(f"meter.{point}.phases")],
    )


def link_of(profile: HardwareProfile, settings: SettingsReader, point: int) -> ModbusLink | None:
    """The link of the hardware profile, else the address that the settings give; None where simulated.

    Gateway and meters on the network are found alike: by the last byte of their address in the station's
    own subnet, and by their unit there.
    """
    driver = profile.meter(point)
    if driver.driver == "simulated":
        return None
    if driver.link:
        return read_modbus_link(driver, f"meter {point}.link", baud=BAUD)
    number = settings.number(f"meter.{point}.gateway_address")
    return ModbusLink(host=neighbour(settings.text("network.ip_address"), number), port=PORT)


def fixed_place(profile: HardwareProfile, point: int) -> str:
    """Where the hardware profile says that the meter is, in words; "" where the settings say it."""
    driver = profile.meter(point)
    if driver.driver == "simulated":
        return SIMULATED_PLACE
    if not driver.link:
        return ""
    return place_words(read_modbus_link(driver, f"meter {point}.link", baud=BAUD))


def place_words(link: ModbusLink) -> str:
    """A line in words, without the unit on it."""
    return link.place if link.host else f"{link.place}, {link.speech}"
