"""Looks at a network that was just applied: link, addresses, gateway, name servers."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path

from core.network.addressing import Addressing
from core.network.arp import who_answers
from core.values.network import NetworkCheck

DNS_PORT = 53
PATIENCE_S = 2.0
LINK_S = 5.0


async def look(port: str, applied: Addressing) -> tuple[NetworkCheck, ...]:
    """One check of each kind that there is something to look at for; never raises."""
    link = await _link(port)
    checks = [link, await _address(port, applied)]
    if applied.gateway:
        checks.append(await _gateway(port, applied))
    if applied.name_servers:
        checks.append(await _name_servers(applied.name_servers))
    return tuple(checks)


async def _link(port: str) -> NetworkCheck:
    """A port that was just switched on takes a moment."""
    state = Path("/sys/class/net") / port / "carrier"
    for _second in range(int(LINK_S)):
        with contextlib.suppress(OSError):
            if state.read_text(encoding="ascii").strip() == "1":
                return NetworkCheck(name="link", ok=True, said="Link: the cable is connected")
        await asyncio.sleep(1.0)
    return NetworkCheck(name="link", ok=False, said="Link: no device at the other end of the cable")


async def _address(port: str, applied: Addressing) -> NetworkCheck:
    try:
        taken = await who_answers(port, applied.addresses)
    except OSError as fault:
        return NetworkCheck(name="address", ok=None, said=f"Address: not looked at ({fault.strerror})")
    if taken:
        others = ", ".join(sorted(taken))
        return NetworkCheck(name="address", ok=False, said=f"Address: another device has {others}")
    return NetworkCheck(name="address", ok=True, said="Address: no other device answers to it")


async def _gateway(port: str, applied: Addressing) -> NetworkCheck:
    try:
        found = await who_answers(port, [applied.gateway], sender=applied.station, patience_s=PATIENCE_S)
    except OSError as fault:
        return NetworkCheck(name="gateway", ok=None, said=f"Gateway: not looked at ({fault.strerror})")
    says = "answers" if found else "does not answer"
    return NetworkCheck(name="gateway", ok=bool(found), said=f"Gateway: {applied.gateway} {says}")


def dns_question(number: int) -> bytes:
    """Asks for the name servers of the root, which every name server can answer (RFC 1035)."""
    return struct.pack("!HHHHHH", number, 0x0100, 1, 0, 0, 0) + b"\0" + struct.pack("!HH", 2, 1)


class _Listening(asyncio.DatagramProtocol):
    def __init__(self, number: int) -> None:
        self._number = number.to_bytes(2, "big")
        self.answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, _address: tuple[str | int, ...]) -> None:
        if data[:2] == self._number and not self.answered.done():
            self.answered.set_result(True)

    def error_received(self, _fault: Exception) -> None:
        if not self.answered.done():
            self.answered.set_result(False)


async def _asked(server: str) -> bool:
    number = secrets.randbelow(0x10000)
    loop = asyncio.get_running_loop()
    try:
        transport, listening = await loop.create_datagram_endpoint(
            lambda: _Listening(number), remote_addr=(server, DNS_PORT)
        )
    except OSError:
        return False
    try:
        transport.sendto(dns_question(number))
        return await asyncio.wait_for(listening.answered, PATIENCE_S)
    except TimeoutError:
        return False
    finally:
        transport.close()


async def _name_servers(servers: tuple[str, ...]) -> NetworkCheck:
    answers = await asyncio.gather(*(_asked(server) for server in servers))
    said = ", ".join(_server_words(servers, answers))
    return NetworkCheck(name="dns", ok=any(answers), said=f"DNS: {said}")


def _server_words(servers: tuple[str, ...], answers: list[bool]) -> Iterator[str]:
    for server, has_answered in zip(servers, answers, strict=True):
        yield f"{server} {'answers' if has_answered else 'does not answer'}"
