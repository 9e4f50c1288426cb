"""Links of readers in a hardware profile."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.profile import DriverLink, parse_profile
from core.readers.link import Link, read_link
from core.readers.uid import Spelling


def read(link: str, driver: str = "ascii_line") -> Link:
    return read_link(DriverLink(driver=driver, link=link))


def problems(link: str, driver: str = "ascii_line") -> list[str]:
    with pytest.raises(Invalid) as refused:
        read(link, driver)
    return [each.message for each in refused.value.problems] or [refused.value.message]


def test_a_serial_line_says_what_differs_from_the_usual() -> None:
    assert read("serial:///dev/ttyS1") == Link(device="/dev/ttyS1")
    assert read(
        "serial:///dev/ttyS1?baud=19200&parity=E&terminator=cr&prefix=UID%3D&order=lsb&beep=071B"
    ) == Link(
        device="/dev/ttyS1",
        baud=19200,
        parity="E",
        terminator="cr",
        spelling=Spelling(order="lsb", prefix="UID="),
        beep=b"\x07\x1b",
    )
    assert read("serial:///dev/ttyS1", "pn532").baud == 115200


def test_a_network_address_and_an_input_device() -> None:
    assert read("tcp://[::1]:4001?order=lsb") == Link(host="::1", port=4001, spelling=Spelling(order="lsb"))
    assert read("file:///dev/input/event3?prefix=A", "evdev").device == "/dev/input/event3"


def test_every_wrong_option_is_named_with_what_is_allowed() -> None:
    assert problems("serial:///dev/x?baud=1&order=up&colour=red", "pn532") == [
        "reader.link: baud must be one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, got 1",
        "reader.link: order must be msb or lsb, got up",
        "reader.link: colour is no option here. Options: baud, order",
    ]
    assert problems("tcp://h:1?baud=9600") == [
        "reader.link: baud is no option here. Options: terminator, prefix, order, beep"
    ]
    assert problems("serial:///dev/x?beep=7") == [
        "reader.link: beep must be 1 to 16 bytes in hexadecimal, got 7"
    ]
    assert problems("serial:///dev/x?order=msb&order=lsb") == ["reader.link: an option is given twice"]
    assert problems("serial:///dev/x?order") == [
        "reader.link: options look like name=value&name=value, got serial:///dev/x?order"
    ]


@pytest.mark.parametrize(
    ("driver", "link"),
    [
        ("ascii_line", "serial:///dev/ttyS1?baud=19200&terminator=cr&prefix=UID%3D&order=lsb&beep=07"),
        ("ascii_line", "tcp://10.0.0.9:4001?order=lsb"),
        ("pn532", "serial:///dev/serial/by-id/usb-adapter?order=lsb"),
        ("evdev", "file:///dev/input/by-id/usb-reader-event-kbd?prefix=A"),
    ],
)
def test_a_hardware_profile_takes_what_the_driver_takes(driver: str, link: str) -> None:
    lines = ("family = 'wallbox'", "charge_points = 1", "rfid_reader = true", "[reader]")
    outlet = "[[socket]]\ntype = 'T2'\ncable = 'attached'\nphases = 3\n"
    text = "\n".join((*lines, f"driver = '{driver}'", f"link = '{link}'", outlet))
    profile = parse_profile(text, name="mine")
    assert profile.reader == DriverLink(driver=driver, link=link)
    assert read_link(profile.reader) == read_link(DriverLink(driver=driver, link=link))
    with pytest.raises(Invalid):
        parse_profile(text.replace("order", "colour").replace("prefix", "shade"), name="mine")


@given(st.sampled_from(("ascii_line", "pn532", "evdev")), st.text(max_size=60))
def test_any_options_are_read_or_refused(driver: str, options: str) -> None:
    with contextlib.suppress(Invalid):
        assert read(f"serial:///dev/x?{options}", driver).device == "/dev/x"
