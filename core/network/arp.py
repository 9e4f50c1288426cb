"""Asks who has an address on the wire, by ARP (RFC 826; for one's own addresses as a probe, RFC 5227)."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Collection
from ipaddress import IPv4Address

ARP = 0x0806
REQUEST, REPLY = 1, 2
FRAME = struct.Struct("!6s6sHHHBBH6s4s6s4s")
BROADCAST, NOBODY = b"\xff" * 6, bytes(6)
NO_SENDER = "0.0.0.0"  # noqa: S104 - the sender of a probe, by the RFC


def question(mac: bytes, sender: str, wanted: str) -> bytes:
    """The frame that asks everybody who has `wanted`."""
    addresses = [IPv4Address(each).packed for each in (sender, wanted)]
    return FRAME.pack(BROADCAST, mac, ARP, 1, 0x0800, 6, 4, REQUEST, mac, addresses[0], NOBODY, addresses[1])


def answer(frame: bytes) -> str:
    """The address whose owner answers with this frame; "" for any other frame."""
    if len(frame) < FRAME.size:
        return ""
    fields = FRAME.unpack(frame[: FRAME.size])
    return str(IPv4Address(fields[9])) if fields[2:8] == (ARP, 1, 0x0800, 6, 4, REPLY) else ""


async def who_answers(
    port: str, wanted: Collection[str], *, sender: str = NO_SENDER, patience_s: float = 1.0
) -> set[str]:
    """Which of the addresses have an owner on the wire of `port`. Raises OSError; needs CAP_NET_RAW."""
    loop = asyncio.get_running_loop()
    found: set[str] = set()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ARP)) as wire:
        wire.setblocking(False)
        wire.bind((port, ARP))
        mac = wire.getsockname()[4]
        for each in wanted:
            await loop.sock_sendall(wire, question(mac, sender, each))
        try:
            async with asyncio.timeout(patience_s):
                while found != set(wanted):
                    found |= {answer(await loop.sock_recv(wire, 2048))} & set(wanted)
        except TimeoutError:
            pass
    return found
