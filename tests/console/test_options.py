"""What may be written for addresses and lines."""

import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.options import BAUD_RATES, Address, SerialPort, network

HOSTS = st.one_of(st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(str), st.just("localhost"))


@given(HOSTS, st.integers(0, 65535))
def test_an_address_is_read_as_it_is_written(host: str, port: int) -> None:
    address = Address(host, port)
    assert Address.parse(str(address)) == address


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    try:
        address = Address.parse(text)
    except argparse.ArgumentTypeError:
        return
    assert 0 <= address.port <= 65535


@pytest.mark.parametrize(
    "text", ["8022", "host", "host:", ":22", "host:65536", "host:-1", "::1:22", "host:2²"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        Address.parse(text)


@given(
    st.sampled_from(["/dev/ttyS1", "/dev/pts/3", "/dev/serial/by-path/pci-0:1.2"]),
    st.sampled_from(BAUD_RATES),
)
def test_a_line_is_read_as_it_is_written(device: str, baud: int) -> None:
    port = SerialPort(device, baud)
    assert SerialPort.parse(str(port)) == port


def test_a_line_without_a_speed_has_115200() -> None:
    assert SerialPort.parse("/dev/ttyS1") == SerialPort("/dev/ttyS1", 115_200)


@pytest.mark.parametrize("text", ["", ":9600", "/dev/ttyS1:9601", "/dev/ttyS1:0", "/dev/ttyS1:99999999"])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        SerialPort.parse(text)


def test_a_network_has_no_host_bits() -> None:
    assert str(network("192.168.0.240/28")) == "192.168.0.240/28"
    with pytest.raises(argparse.ArgumentTypeError):
        network("192.168.0.241/28")
