"""The way to a central system: its name looked up, connected, encrypted, upgraded to a WebSocket."""

from __future__ import annotations

import logging
import os
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from core.ocpp.conversation import Gone
from core.ocpp.steps import UPGRADE
from core.ocpp.target import Target
from core.ocpp.words import NO_OCPP, OWN_CERTIFICATE, explain
from core.publication.parcel import Step
from core.publication.transports.reaching import reach
from core.publication.transports.steps import CERTIFICATE, ENCRYPT, Steps
from core.publication.transports.target import Target as Server
from core.publication.transports.trust import certificate_words, trusting
from core.publication.transports.words import chain, is_certificate

SUBPROTOCOL = Subprotocol("ocpp1.6")
LARGEST_FRAME = 256 * 1024
CLOSING_S = 2.0
TOO_LARGE = 1009
FAULTS = (OSError, WebSocketException, UnicodeError, ValueError)

# It logs headers, and one of them holds the password.
_silent = logging.getLogger("core.ocpp.websocket")
_silent.setLevel(logging.CRITICAL)


async def open_wire(target: Target, told: Callable[[Step], None], answer_s: float) -> WebSocketWire:
    """A connection to the central system, each step told. Raises Undelivered with the step that failed."""
    server = Server(
        host=target.host, port=target.port, security="tls" if target.encrypted else "none", login=None
    )
    steps = Steps(told, explain=lambda step, fault: explain(step, fault, server), faults=FAULTS)
    async with steps.within(4 * answer_s):
        connected = await reach(server, steps, answer_s)
        try:
            return await _upgraded(connected, target, steps, answer_s)
        except BaseException:
            connected.close()
            raise


async def _upgraded(connected: socket.socket, target: Target, steps: Steps, answer_s: float) -> WebSocketWire:
    context = await _context(target, steps) if target.encrypted else None
    headers = {"Authorization": target.log_in} if target.log_in else {}
    try:
        opened = await connect(
            target.url,
            # A socket of its own: websockets follows no redirection with it.
            sock=connected,
            ssl=context,
            server_hostname=target.host if target.encrypted else None,
            subprotocols=[SUBPROTOCOL],
            additional_headers=headers,
            user_agent_header=None,
            compression=None,
            proxy=None,
            open_timeout=answer_s,
            ping_interval=None,
            close_timeout=CLOSING_S,
            max_size=LARGEST_FRAME,
            logger=_silent,
        )
    except FAULTS as fault:
        raise steps.failed(_stage(fault, target), fault) from None
    if context is not None:
        encryption, certificate = certificate_words(opened.transport.get_extra_info("ssl_object"))
        steps.passed(ENCRYPT, encryption)
        steps.passed(CERTIFICATE, certificate)
    if opened.subprotocol != SUBPROTOCOL:
        opened.transport.abort()
        raise steps.undelivered(UPGRADE, NO_OCPP)
    steps.passed(UPGRADE, "It speaks OCPP 1.6.")
    return WebSocketWire(opened)


def _stage(fault: BaseException, target: Target) -> str:
    """The step at which opening the connection failed."""
    if is_certificate(fault):
        return CERTIFICATE
    in_between = any(isinstance(each, ssl.SSLError) for each in chain(fault))
    return ENCRYPT if target.encrypted and in_between else UPGRADE


async def _context(target: Target, steps: Steps) -> ssl.SSLContext:
    context = await trusting(target.authority or None)
    if target.certificate:
        try:
            _show(context, target)
        except (ssl.SSLError, OSError, ValueError):
            raise steps.undelivered(ENCRYPT, OWN_CERTIFICATE) from None
    return context


def _show(context: ssl.SSLContext, target: Target) -> None:
    """Show the station's own certificate. Python reads it from a file only: this one is never on a disk."""
    memory = os.memfd_create("client certificate")
    try:
        os.write(memory, (target.certificate + target.client_key).encode())
        context.load_cert_chain(Path(f"/proc/self/fd/{memory}"), password="")
    finally:
        os.close(memory)


class WebSocketWire:
    """An open WebSocket as a wire of a conversation."""

    def __init__(self, opened: ClientConnection) -> None:
        self._opened = opened

    async def send(self, text: str) -> None:
        try:
            await self._opened.send(text)
        except ConnectionClosed as closed:
            raise _gone(closed) from None

    async def receive(self) -> str | bytes:
        try:
            return await self._opened.recv()
        except ConnectionClosed as closed:
            raise _gone(closed) from None

    async def pinged(self) -> None:
        try:
            await (await self._opened.ping())
        except ConnectionClosed as closed:
            raise _gone(closed) from None

    async def close(self) -> None:
        await self._opened.close()

    def abort(self) -> None:
        self._opened.transport.abort()


def _gone(closed: ConnectionClosed) -> Gone:
    if closed.sent is not None and closed.sent.code == TOO_LARGE:
        return Gone(f"It sent a message of more than {LARGEST_FRAME // 1024} KiB.")
    if closed.rcvd is not None:
        return Gone(f"It closed the link (code {closed.rcvd.code}).")
    return Gone("The link broke off.")
