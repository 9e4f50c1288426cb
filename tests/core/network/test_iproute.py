"""What the driver `ip` orders, and what it makes of the answers; ARP frames and files as on the wire."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.network.addressing import Addressing
from core.network.arp import FRAME, answer, question
from core.network.driver import NotApplied
from core.network.iproute import PortState, orders, read_port, resolver_file
from core.network.looking import dns_question

OLD = PortState(mac="02:00:5e:10:00:01", addresses=("192.168.0.102/24", "192.168.0.103/24"))
WANTED = Addressing(addresses=("192.168.0.50", "192.168.0.51"), prefix=24)
ADDRESSES = st.ip_addresses(v=4).map(str)


def test_what_stays_is_given_again_after_what_goes_is_taken_away() -> None:
    assert orders("eth0", OLD, WANTED) == [
        "link set dev eth0 up",
        "addr del 192.168.0.102/24 dev eth0",
        "addr del 192.168.0.103/24 dev eth0",
        "addr replace 192.168.0.50/24 dev eth0",
        "addr replace 192.168.0.51/24 dev eth0",
        "route flush default dev eth0",
    ]


def test_nothing_is_taken_away_where_nothing_changes() -> None:
    same = Addressing(addresses=("192.168.0.102", "192.168.0.103"), prefix=24, gateway="192.168.0.254")
    lines = orders("eth0", OLD, same)
    assert not [line for line in lines if "del" in line or "down" in line]
    assert lines[-1] == "route replace default via 192.168.0.254 dev eth0"


def test_another_hardware_address_is_set_while_the_port_is_down() -> None:
    moved = Addressing(addresses=("192.168.0.50",), prefix=24, mac="02:00:5E:10:00:99")
    assert orders("eth0", OLD, moved)[:3] == [
        "link set dev eth0 down",
        "link set dev eth0 address 02:00:5e:10:00:99",
        "link set dev eth0 up",
    ]


def test_the_answer_of_ip_is_read() -> None:
    told = [{}, {"address": "02:00:5e:10:00:01", "addr_info": [
        {"family": "inet", "local": "192.168.0.102", "prefixlen": 24},
        {"family": "inet6", "local": "fe80::1", "prefixlen": 64},
    ]}]  # fmt: skip
    assert read_port(json.dumps(told)) == PortState(mac=OLD.mac, addresses=("192.168.0.102/24",))


@given(st.one_of(st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps)))
def test_any_other_answer_is_refused_in_words(printed: str) -> None:
    with pytest.raises(NotApplied, match="cannot be read"):
        read_port(printed)


def test_the_resolver_file_names_the_servers_in_their_order() -> None:
    assert resolver_file(["9.9.9.9", "1.1.1.1"]) == (
        b"# Written by evtty.\nnameserver 9.9.9.9\nnameserver 1.1.1.1\n"
    )


@given(ADDRESSES, ADDRESSES)
def test_an_answer_to_a_question_is_read_as_the_address_asked_for(sender: str, wanted: str) -> None:
    asked = FRAME.unpack(question(b"\2" + bytes(5), sender, wanted))
    replied = FRAME.pack(asked[1], b"\4" * 6, *asked[2:7], 2, b"\4" * 6, asked[11], asked[8], asked[9])
    assert answer(replied) == wanted
    assert answer(replied + bytes(18)) == wanted
    assert answer(FRAME.pack(*asked)) == ""


@given(st.binary(max_size=80))
def test_no_other_frame_is_taken_for_an_answer_unless_it_is_one(frame: bytes) -> None:
    assert answer(frame) == "" or frame[12:14] == b"\x08\x06"


def test_a_name_server_is_asked_for_the_servers_of_the_root() -> None:
    assert dns_question(0x1234) == bytes.fromhex("123401000001000000000000 00 0002 0001")
