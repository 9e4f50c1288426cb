"""The packets of the Network Time Protocol as bytes (RFC 5905, chapter 7.3)."""

from __future__ import annotations

import struct

import msgspec

LENGTH = 48
"""Bytes of the header; extensions behind it are not read."""

NONCE_LENGTH = 8
UNIX_EPOCH = 2_208_988_800
"""1970-01-01 in seconds since 1900-01-01."""

ERA = 1 << 32
"""Seconds after which the protocol's seconds begin again at 0, as on 2036-02-07."""

EARLIEST = 1_735_689_600.0
"""2025-01-01 in seconds since 1970: no time is before it, so that what looks earlier is of the next era."""

_FORM = struct.Struct("!BBbbII4sQ8sQQ")
_FRACTION = 1 << 32
_ASKING = 0b00_100_011
"""No warning of a leap second, version 4, mode 3 (client)."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of an answer that are looked at.

    `root_delay` and `root_dispersion` in s. `originate` is what the question had as its transmit timestamp.
    `received` and `sent` are the server's times in s since 1970, None where the field is empty.
    """

    leap: int
    version: int
    mode: int
    stratum: int
    root_delay: float
    root_dispersion: float
    reference: bytes
    originate: bytes
    received: float | None
    sent: float | None


def question(nonce: bytes) -> bytes:
    """A client's question; `nonce` are 8 bytes that the answer gives back, and not the station's time."""
    return _FORM.pack(_ASKING, 0, 0, 0, 0, 0, bytes(4), 0, bytes(8), 0, int.from_bytes(nonce, "big"))


def read_header(datagram: bytes) -> Header | None:
    """The fields of a datagram; None where it is too short for a packet."""
    if len(datagram) < LENGTH:
        return None
    first, stratum, _poll, _precision, delay, dispersion, reference, _set, originate, received, sent = (
        _FORM.unpack_from(datagram)
    )
    return Header(
        leap=first >> 6,
        version=first >> 3 & 0b111,
        mode=first & 0b111,
        stratum=stratum,
        root_delay=_short(delay),
        root_dispersion=_short(dispersion),
        reference=reference,
        originate=originate,
        received=seconds(received),
        sent=seconds(sent),
    )


def seconds(timestamp: int) -> float | None:
    """A timestamp of 64 bits in s since 1970, in the era that begins at `EARLIEST`; None for 0."""
    if timestamp == 0:
        return None
    moment = timestamp / _FRACTION - UNIX_EPOCH
    while moment < EARLIEST:
        moment += ERA
    return moment


def timestamp_of(moment: float) -> int:
    """The timestamp of 64 bits of a time in s since 1970, in whichever era it is."""
    return round((moment + UNIX_EPOCH) * _FRACTION) % (1 << 64)


def _short(value: int) -> float:
    return value / (1 << 16)
