"""Packets of SFTP: whatever arrives is a request or refused, and nothing is read twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.drop_box.packets import (
    LONGEST_PACKET,
    Attributes,
    BadRequest,
    Kind,
    Malformed,
    Request,
    read_request,
    take_packet,
)


def text(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=5), st.integers(1, 20))
def test_packets_come_out_as_they_went_in_however_they_are_cut(packets: list[bytes], cut: int) -> None:
    stream = b"".join(map(text, packets))
    arrived, taken = bytearray(), []
    for at in range(0, len(stream), cut):
        arrived += stream[at : at + cut]
        while (packet := take_packet(arrived)) is not None:
            taken.append(packet)
    assert taken == packets
    assert not arrived


@pytest.mark.parametrize("length", [0, LONGEST_PACKET + 1, 2**32 - 1])
def test_a_packet_of_no_or_too_great_length_is_none(length: int) -> None:
    with pytest.raises(Malformed):
        take_packet(bytearray(length.to_bytes(4, "big")))


@given(st.binary(max_size=80))
def test_any_bytes_are_a_request_or_malformed(packet: bytes) -> None:
    try:
        request = read_request(packet)
    except Malformed:
        return
    assert request.kind == packet[0]
    assert request.number == int.from_bytes(packet[1:5], "big")


@given(st.binary(max_size=40), st.integers(0, 2**64 - 1), st.binary(max_size=40))
def test_a_write_is_read_with_all_that_it_has(handle: bytes, offset: int, content: bytes) -> None:
    packet = bytes([Kind.WRITE]) + bytes(4) + text(handle) + offset.to_bytes(8, "big") + text(content)
    expected = Request(kind=Kind.WRITE, number=0, handle=handle, offset=offset, content=content)
    assert read_request(packet) == expected
    for broken in (packet[:-1], packet + b"x"):
        with pytest.raises(BadRequest):
            read_request(broken)


def test_attributes_are_read_in_their_order() -> None:
    flags = 0x8000000F
    packed = flags.to_bytes(4, "big") + (7).to_bytes(8, "big") + bytes(8) + (0o644).to_bytes(4, "big")
    packed += (
        (1).to_bytes(4, "big") + (2).to_bytes(4, "big") + (1).to_bytes(4, "big") + text(b"a") + text(b"b")
    )
    packet = bytes([Kind.SETSTAT]) + bytes(4) + text(b"/") + packed
    expected = Attributes(size=7, ownership=True, permissions=0o644, at=2)
    assert read_request(packet).attributes == expected


def test_extended_attributes_without_end_are_refused() -> None:
    packed = (0x80000000).to_bytes(4, "big") + (2**32 - 1).to_bytes(4, "big")
    with pytest.raises(BadRequest):
        read_request(bytes([Kind.SETSTAT]) + bytes(4) + text(b"/") + packed)
