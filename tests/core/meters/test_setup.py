"""Where the station looks for the meter of a charge point."""

from __future__ import annotations

import pytest

from core.meters.setup import MeterSetup, setup_of
from core.modbus import ModbusLink
from core.profile import HardwareProfile, parse_profile
from core.settings.store import Settings
from tests.core.meters.attended import PARKING

TWO = PARKING.replace("charge_points = 1", "charge_points = 2") + PARKING[PARKING.index("[[socket]]") :]
BY_SETTINGS = '[meter]\ndriver = "iem_3x5x"'


def profile_of(text: str) -> HardwareProfile:
    return parse_profile(text, name="P")


def setup(profile: HardwareProfile, point: int = 1, **saved: str) -> MeterSetup | None:
    with_meter = {f"meter.{point}.metering": "iem_3x5x"}
    with_meter |= {name.replace("__", "."): value for name, value in saved.items()}
    return setup_of(profile, Settings(profile, with_meter), point)


def test_without_a_meter_in_the_settings_there_is_none() -> None:
    assert setup(profile_of(PARKING + BY_SETTINGS), meter__1__metering="internal_ct") is None


@pytest.mark.parametrize("protocol", ["modbus_tcp", "modbus_rtu"])
def test_the_settings_give_the_address_in_the_stations_own_subnet_and_the_unit_there(protocol: str) -> None:
    found = setup(
        profile_of(PARKING + BY_SETTINGS),
        network__ip_address="10.4.7.102",
        meter__1__protocol=protocol,
        meter__1__gateway_address="141",
        meter__1__rtu_address="17",
    )
    assert found is not None
    assert (found.link, found.unit) == (ModbusLink(host="10.4.7.141", port=502), 17)
    assert found.place == "10.4.7.141 port 502, address 17"


def test_a_link_of_the_profile_replaces_the_address_but_not_the_unit() -> None:
    link = 'link = "serial:///dev/ttyS1?baud=9600&parity=E"'
    found = setup(profile_of(f"{PARKING}{BY_SETTINGS}\n{link}"), meter__1__rtu_address="3")
    assert found is not None
    assert (found.link, found.unit) == (ModbusLink(device="/dev/ttyS1", baud=9600, parity="E"), 3)
    assert found.place == "/dev/ttyS1, 9600 baud, parity E, address 3"


def test_a_serial_server_passes_on_the_frames_of_its_line() -> None:
    link = 'link = "tcp://10.0.0.9:4001?framing=rtu"'
    found = setup(profile_of(f"{PARKING}{BY_SETTINGS}\n{link}"))
    assert found is not None
    assert found.link == ModbusLink(host="10.0.0.9", port=4001, framing="rtu")


def test_each_charge_point_has_its_own_meter_on_one_line() -> None:
    line = f'{BY_SETTINGS}\nlink = "serial:///dev/ttyS1"\n'.replace("[meter]", "[[meter]]")
    profile = profile_of(TWO + line + line)
    first = setup(profile, 1, meter__1__rtu_address="2")
    second = setup(profile, 2, meter__2__rtu_address="3", meter__2__phases="meter_312_contactor_312")
    assert first is not None
    assert second is not None
    assert first.link == second.link == ModbusLink(device="/dev/ttyS1", baud=19200)
    assert (first.unit, second.unit, second.order.meter) == (2, 3, (3, 1, 2))


def test_a_simulated_meter_is_nowhere() -> None:
    found = setup(profile_of(PARKING))
    assert found is not None
    assert (found.link, found.place) == (None, "simulated")
