"""Reading hardware profiles."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid, NotFound, Problem
from core.profile import SHIPPED, HardwareProfile, RadioPort, load_profile, parse_profile

MINIMAL = """
family = "wallbox"
charge_points = 1
rfid_reader = true
[[socket]]
type = "T2"
cable = "attached"
phases = 3
"""


def read(text: str) -> HardwareProfile:
    return parse_profile(text, name="mine")


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        read(text)
    except Invalid as refused:
        return refused.problems or (Problem(template="no problem was named"),)
    return ()


def wrong_keys(text: str) -> list[str | None]:
    with pytest.raises(Invalid) as refused:
        read(text)
    assert all(problem.message.isprintable() for problem in refused.value.problems)
    return [problem.key for problem in refused.value.problems]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_profiles_can_be_read(name: str) -> None:
    profile = load_profile(name)
    assert name.startswith(profile.family)
    assert profile.simulated_board
    assert profile.identity.serial_number


def test_five_profiles_are_shipped_and_a_car_park_station_is_the_default() -> None:
    assert SHIPPED == ("parking-2", "parking-1", "city-2", "wallbox-rfid", "wallbox-key")


def test_no_two_shipped_stations_are_the_same_one() -> None:
    assert len({load_profile(name).identity.serial_number for name in SHIPPED}) == len(SHIPPED)
    assert len({load_profile(name).mac_address for name in SHIPPED}) == len(SHIPPED)


def test_everything_that_is_not_said_is_simulated() -> None:
    profile = read(MINIMAL)
    drivers = (*profile.boards, profile.reader, *profile.meters, profile.clock)
    assert {each.driver for each in drivers} == {"simulated"}
    assert profile.name == "mine"


def test_the_supply_carries_the_sum_of_the_rated_currents_unless_it_is_said() -> None:
    assert load_profile("parking-2").supply_current == 64
    assert load_profile("parking-1").supply_current == 32
    assert read("supply_current = 25\n" + MINIMAL).supply_current == 25


def test_facts() -> None:
    assert load_profile("parking-2").has("two_points")
    assert not load_profile("parking-1").has("two_points")
    assert load_profile("wallbox-key").has("key_lock")
    assert load_profile("city-2").has("modem")
    with pytest.raises(KeyError):
        load_profile("city-2").has("wings")


def test_a_hardware_address_is_always_the_same_and_locally_administered() -> None:
    first, again = (load_profile("parking-2").mac_address for _ in range(2))
    assert first == again
    assert int(first[:2], 16) & 3 == 2


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ["family", "charge_points", "socket", "rfid_reader"]),
        (MINIMAL.replace("wallbox", "garage"), ["family"]),
        (MINIMAL.replace("charge_points = 1", "charge_points = 2"), ["charge_points", "socket"]),
        (MINIMAL.replace("charge_points = 1", "charge_points = true"), ["charge_points"]),
        (MINIMAL.replace("wallbox", "city") + "[identity]\ncolour = 'red'", ["identity.colour"]),
        ("key_lock = true\nwifi_card = true" + MINIMAL.replace("wallbox", "city"), ["key_lock", "wifi_card"]),
        ("supply_current = 0" + MINIMAL, ["supply_current"]),
        ("colour = 'red'" + MINIMAL, ["colour"]),
        (MINIMAL + "rated_current = 16", ["socket 1.rated_current"]),
        (MINIMAL + "colour = 'red'", ["socket 1.colour"]),
        (MINIMAL.replace("phases = 3", "phases = 2"), ["socket 1.phases"]),
        (MINIMAL.replace("T2", "T1"), ["socket 1.phases"]),
        (MINIMAL.replace("T2", "T3"), ["socket 1.cable"]),
        (MINIMAL.replace("T2", "T2-TE"), ["socket 1.cable"]),
        (MINIMAL + "[clock]\ndriver = 'sundial'", ["clock.driver"]),
        (MINIMAL + "[clock]\ndriver = 'system'\nlink = 'tcp://a:1'", ["clock.link"]),
        (MINIMAL + "[clock]\ndriver = 'simulated'\nlink = 'udp://time.example.org'", ["clock.link"]),
        (MINIMAL + "[reader]\ndriver = 'pn532'", ["reader.link"]),
        (MINIMAL + "[reader]\ndriver = 'pn532'\nlink = 'tcp://host'", ["reader.link"]),
        (MINIMAL + "[reader]\ndriver = 'pn532'\nlink = 'serial:///dev/ttyX?baud=1'", ["reader.link"]),
        (MINIMAL + "[[board]]\n[[board]]", ["board"]),
        (MINIMAL + "reader = 'none'", ["socket 1.reader"]),
        ("reader = 'none'" + MINIMAL, ["reader"]),
    ],
)
def test_every_problem_is_named_with_its_key(text: str, keys: list[str]) -> None:
    assert wrong_keys(text) == keys


def test_a_problem_says_what_is_allowed_and_what_was_there() -> None:
    with pytest.raises(Invalid) as refused:
        read(MINIMAL.replace("wallbox", "garage"))
    assert refused.value.message == "family: must be parking or city or wallbox, got garage"


def test_real_parts_are_read_with_their_links() -> None:
    profile = read(
        MINIMAL
        + """
[[board]]
driver = "evse_modbus"
link = "serial:///dev/ttyS2?baud=9600&parity=N"
[meter]
driver = "iem_3x5x"
link = "tcp://127.0.0.1:5020"
[clock]
driver = "system"
link = "udp://time.example.org:123"
"""
    )
    assert not profile.simulated_board
    assert profile.boards[0].link.startswith("serial:///dev/ttyS2")
    assert profile.meter(1).link == "tcp://127.0.0.1:5020"
    assert (profile.clock.driver, profile.clock.link) == ("system", "udp://time.example.org:123")


def test_a_meter_may_take_its_address_from_the_settings() -> None:
    assert read(MINIMAL + "[meter]\ndriver = 'iem_3x5x'").meter(1).link == ""


def test_a_profile_in_a_file_is_called_as_the_file(tmp_path: Path) -> None:
    path = tmp_path / "depot.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    assert load_profile(str(path)).name == "depot"


@pytest.mark.parametrize("name", ["no-such-profile", "", "\0", "."])
def test_a_profile_that_there_is_not_is_answered_with_those_that_there_are(name: str) -> None:
    with pytest.raises(NotFound, match="parking-2, parking-1"):
        load_profile(name)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"family = ", b"x" * 200_000], ids=["bytes", "broken", "long"])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(raw)
    with pytest.raises(Invalid, match=r"station"):
        load_profile(str(path))


TOML_VALUES = st.one_of(
    st.booleans(), st.integers(-5, 40), st.sampled_from(["T2", "attached", "wallbox", "simulated", "x" * 90])
)
KEYS = st.sampled_from(
    [
        "family",
        "charge_points",
        "rfid_reader",
        "key_lock",
        "supply_current",
        "name",
        "socket",
        "reader",
        "other",
    ]
)


@given(values=st.dictionaries(KEYS, TOML_VALUES), tail=st.sampled_from(["", MINIMAL.partition("[[")[2]]))
def test_any_table_is_a_profile_or_refused_with_named_keys(values: dict[str, object], tail: str) -> None:
    def toml(value: object) -> str:
        return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'

    text = "".join(f"{key} = {toml(value)}\n" for key, value in values.items())
    problems = problems_of(text + (f"[[{tail}" if tail and "socket" not in values else ""))
    assert all(problem.key for problem in problems)


@given(st.text(max_size=200))
def test_any_text_is_a_profile_or_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read(text)


TWO = """
family = "parking"
charge_points = 2
rfid_reader = true
[[socket]]
type = "T2"
cable = "socket-outlet"
phases = 3
[[socket]]
type = "T2"
cable = "socket-outlet"
phases = 3
"""
REAL = """
[[board]]
driver = "openevse_rapi"
link = "serial:///dev/ttyS2"
"""
MODBUS = """
[[board]]
driver = "evse_modbus"
link = "serial:///dev/ttyS2?baud=9600"
"""
SYSTEM_CLOCK = """
[clock]
driver = "system"
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (MINIMAL + REAL + SYSTEM_CLOCK, []),
        (MINIMAL + REAL, ["clock"]),
        ("key_lock = true\n" + MINIMAL + REAL + SYSTEM_CLOCK, ["key_lock"]),
        (TWO + REAL + "[[board]]\n" + SYSTEM_CLOCK, ["board"]),
        (TWO.replace("parking", "city") + REAL + REAL.replace("S2", "S3") + SYSTEM_CLOCK, ["family"]),
        (TWO + REAL * 2 + SYSTEM_CLOCK, ["board"]),
        (TWO + MODBUS + MODBUS.replace("?", "?unit=1&") + SYSTEM_CLOCK, ["board"]),
        (TWO + MODBUS + MODBUS.replace("?", "?unit=2&") + SYSTEM_CLOCK, []),
    ],
)
def test_a_station_with_real_boards_is_refused_what_they_cannot_do(text: str, keys: list[str]) -> None:
    assert [problem.key for problem in problems_of(text)] == keys


IP = 'driver = "ip"\ninterface = "eth0"\n'


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('driver = "ip"', "needs the name of the port"),
        ('driver = "ip"\ninterface = "eth0; reboot"', "needs the name of the port"),
        ('interface = "eth0"', "driver simulated takes none"),
        ('driver = "networkd"\ninterface = "eth0"\nresolv_conf = "/etc/resolv.conf"', "only the driver ip"),
        ('driver = "ip"\ninterface = "eth0"\nresolv_conf = "resolv.conf"', "a whole path"),
        ('[network.wifi]\ninterface = "wlan0"\nfile = "/f"', "only with wifi_card"),
        (f'{IP}[network.wifi]\ninterface = "wlan0"\nfile = "/f"', "only with wifi_card"),
        ('driver = "wires"', "simulated or ip or networkd"),
    ],
)
def test_a_network_port_that_cannot_be_is_refused(table: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read(f"{MINIMAL}\n[network]\n{table}\n")


def test_a_network_port_has_a_driver_and_a_name() -> None:
    profile = read(f'{MINIMAL}\n[network]\ndriver = "ip"\ninterface = "eth0"\n')
    assert (profile.network.driver, profile.network.interface, profile.network.resolv_conf) == (
        "ip",
        "eth0",
        "",
    )
    assert read(MINIMAL).network.driver == "simulated"


def test_a_wallbox_with_a_wifi_card_may_name_its_radio() -> None:
    text = resources.files("core").joinpath("profiles", "wallbox-key.toml").read_text(encoding="utf-8")
    radio = read(
        f'{text}\n[network]\n{IP}[network.wifi]\ninterface = "wlan0"\nfile = "/etc/f"\n'
    ).network.radio
    assert radio == RadioPort(interface="wlan0", file="/etc/f", control="/run/wpa_supplicant")
    assert read(text).network.radio is None


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('interface = "wlan0"\nfile = "f"', "a whole path"),
        ('file = "/f"', "name of the radio"),
        ('interface = "wlan0; reboot"\nfile = "/f"', "name of the radio"),
        ('interface = "wlan0"\nfile = "/f"\ncountry = "fr"', "two capital letters"),
        ('interface = "wlan0"\nfile = "/f"\nchannel = 6', "no such key"),
    ],
)
def test_a_radio_that_cannot_be_is_refused(table: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read(f"wifi_card = true\n{MINIMAL}\n[network]\n{IP}[network.wifi]\n{table}\n")
