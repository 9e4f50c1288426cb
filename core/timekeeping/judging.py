"""Judging an answer of a time server: whether it can be believed, and if not why."""

from __future__ import annotations

import msgspec

from core.timekeeping.packet import read_header

SERVER = 4
VERSIONS = (3, 4)
ALARM = 3
MOST_STRATUM = 15
MOST_ROOT_DISTANCE = 1.5
"""s between the server and the clock that it has its time from."""

LATEST = 4_102_444_800.0
"""2100-01-01 in s since 1970."""

RATE = "RATE"
KISSES = {
    RATE: "it is asked too often",
    "DENY": "it refuses to serve this station",
    "RSTR": "it refuses to serve this station",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that can be believed: the server's times of receiving and sending, s since 1970."""

    stratum: int
    received: float
    sent: float
    root_distance: float


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why an answer is not believed, in words.

    `is_ours` is False for what may be no answer to this question at all. `kiss` is the code of a server that
    wants to be left alone, "" else.
    """

    said: str
    is_ours: bool = True
    kiss: str = ""


def judge(datagram: bytes, nonce: bytes) -> Answer | Refusal:
    """An answer to the question with `nonce`, or what is wrong with it (RFC 5905, chapters 7.4 and 14)."""
    header = read_header(datagram)
    if header is None:
        return Refusal(said="what came is no answer of a time server: it is too short", is_ours=False)
    if header.mode != SERVER or header.version not in VERSIONS:
        return Refusal(said="what came is no answer of a time server", is_ours=False)
    if header.originate != nonce:
        return Refusal(said="what came answers another question: it is not used", is_ours=False)
    if header.stratum == 0:
        return _kiss(header.reference)
    if header.leap == ALARM or header.stratum > MOST_STRATUM:
        return Refusal(said="the server says that its own clock is not set")
    distance = header.root_delay / 2 + header.root_dispersion
    if distance > MOST_ROOT_DISTANCE:
        return Refusal(said="the server says that its own clock may be wrong by more than a second")
    if header.received is None or header.sent is None or header.sent < header.received:
        return Refusal(said="the server's times contradict each other")
    if header.sent >= LATEST:
        return Refusal(said="the server's time is not between 2025 and 2099")
    return Answer(stratum=header.stratum, received=header.received, sent=header.sent, root_distance=distance)


def _kiss(reference: bytes) -> Refusal:
    code = reference.decode("ascii", "replace").rstrip("\0")
    code = code if code.isascii() and code.isalnum() else "unknown"
    why = KISSES.get(code, "it does not serve this station now")
    return Refusal(said=f"the server answers, but {why}", kiss=code)
