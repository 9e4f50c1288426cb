"""The way to a server: its name looked up, a connection opened."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from ipaddress import ip_address

from core.publication.transports.steps import CERTIFICATE, CONNECT, ENCRYPT, FIND, Steps
from core.publication.transports.target import Target
from core.publication.transports.trust import certificate_words
from core.publication.transports.words import is_certificate

MOST_ADDRESSES = 4

Address = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, Address]


async def reach(target: Target, steps: Steps, answer_s: float) -> socket.socket:
    """A connection to the server, not blocking. Raises Undelivered."""
    loop = asyncio.get_running_loop()
    with steps.step(FIND, "") as said:
        try:
            async with asyncio.timeout(answer_s):
                found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer") from None
        listed = ", ".join(dict.fromkeys(str(each[4][0]) for each in found[:MOST_ADDRESSES]))
        said.text = "Given as an address." if _is_address(target.host) else f"{target.host} is {listed}."
    with steps.step(CONNECT, "") as said:
        connected, address = await _first_to_answer(found[:MOST_ADDRESSES], answer_s)
        said.text = f"Port {target.port} of {address} answers."
    return connected


async def _first_to_answer(found: Sequence[AddressInfo], answer_s: float) -> tuple[socket.socket, str]:
    """A connection to the first address that answers, tried in turn. Raises OSError of the last one."""
    fault = OSError("no address")
    for family, _, _, _, address in found:
        try:
            return await _connected(family, address, answer_s), str(address[0])
        except OSError as refused:
            fault = refused
    raise fault


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


async def _connected(family: socket.AddressFamily, address: Address, answer_s: float) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setblocking(False)
    try:
        async with asyncio.timeout(answer_s):
            await asyncio.get_running_loop().sock_connect(opened, address)
    except BaseException:
        opened.close()
        raise
    return opened


async def shake_hands(
    opened: socket.socket, target: Target, context: ssl.SSLContext, steps: Steps, answer_s: float
) -> None:
    """Encrypt the connection to see whether that works, then close it. Raises Undelivered."""
    loop = asyncio.get_running_loop()
    steps.at(ENCRYPT)
    try:
        async with asyncio.timeout(answer_s):
            transport, _ = await loop.create_connection(
                asyncio.Protocol, sock=opened, ssl=context, server_hostname=target.host
            )
    except OSError as fault:
        raise steps.failed(CERTIFICATE if is_certificate(fault) else ENCRYPT, fault) from None
    encryption, certificate = certificate_words(transport.get_extra_info("ssl_object"))
    transport.close()
    steps.passed(ENCRYPT, encryption)
    steps.passed(CERTIFICATE, certificate)
