"""The way into a mail server: greeting, encryption, log-in."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping

import aiosmtplib
from aiosmtplib import SMTPResponse

from core.publication.transports.mail_words import NO_STARTTLS, NO_WAY_TO_LOG_IN
from core.publication.transports.steps import CERTIFICATE, ENCRYPT, GREETING, LOG_IN, Steps
from core.publication.transports.target import Login, Target
from core.publication.transports.trust import certificate_words
from core.publication.transports.words import chain, is_certificate

ENCRYPTED_FIRST = ("plain", "login", "cram-md5")
"""Ways to log in, preferred ones first, over an encrypted connection."""

PLAIN_FIRST = ("cram-md5", "plain", "login")

WRONG_PASSWORD = frozenset({421, 534, 535})
"""Answers after which another way to log in would only count as another wrong try."""


class Client(aiosmtplib.SMTP):
    """The mail client, on a connection that it does not keep after it is closed."""

    def close(self) -> None:
        """Close at once: what waits to be sent to a server that hangs, or its goodbye, is not waited for.

        The event loop then uses the connection's number no more, which others may get.
        """
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()
        super().close()


def own_name(opened: socket.socket) -> str:
    """The station's address as it introduces itself (RFC 5321, 4.1.3)."""
    address = str(opened.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


async def greet(smtp: aiosmtplib.SMTP, opened: socket.socket, steps: Steps) -> None:
    """Encrypt at once where the target wants so; hear the server's greeting and what it can do."""
    steps.at(ENCRYPT if smtp.use_tls else GREETING)
    try:
        await smtp.connect(sock=opened)
    except (OSError, aiosmtplib.SMTPException) as fault:
        raise steps.failed(_stage(fault) if smtp.use_tls else GREETING, fault) from None
    if smtp.use_tls:
        _tell_encryption(smtp, steps)
    with steps.step(GREETING, "A mail server answers."):
        await _introduce(smtp)


async def _introduce(smtp: aiosmtplib.SMTP) -> None:
    try:
        await smtp.ehlo()
    except aiosmtplib.SMTPHeloError:
        await smtp.helo()


def _stage(fault: BaseException) -> str:
    """The step at which a connection that is encrypted from the start failed."""
    if is_certificate(fault):
        return CERTIFICATE
    causes = list(chain(fault))[1:]
    greeted = isinstance(fault, aiosmtplib.SMTPResponseException)
    if greeted or any(isinstance(each, aiosmtplib.SMTPException) for each in causes):
        return GREETING
    return ENCRYPT


def _tell_encryption(smtp: aiosmtplib.SMTP, steps: Steps) -> None:
    encryption, certificate = certificate_words(smtp.get_transport_info("ssl_object"))
    steps.passed(ENCRYPT, encryption)
    steps.passed(CERTIFICATE, certificate)


async def start_tls(smtp: aiosmtplib.SMTP, steps: Steps, target: Target) -> None:
    """Encrypt the connection (STARTTLS); never go on without."""
    if not smtp.supports_extension("starttls"):
        raise steps.undelivered(ENCRYPT, NO_STARTTLS.format(host=target.host, port=target.port))
    steps.at(ENCRYPT)
    try:
        await smtp.starttls()
    except (OSError, aiosmtplib.SMTPException) as fault:
        raise steps.failed(CERTIFICATE if is_certificate(fault) else ENCRYPT, fault) from None
    _tell_encryption(smtp, steps)
    with steps.step(GREETING, "The mail server answers, encrypted."):
        await _introduce(smtp)


async def log_in(smtp: aiosmtplib.SMTP, steps: Steps, login: Login, target: Target) -> None:
    """Log in by the first way that both sides know."""
    is_encrypted = smtp.get_transport_info("sslcontext") is not None
    wanted = ENCRYPTED_FIRST if is_encrypted else PLAIN_FIRST
    ways: Mapping[str, Callable[[str, str], Awaitable[SMTPResponse]]] = {
        "plain": smtp.auth_plain,
        "login": smtp.auth_login,
        "cram-md5": smtp.auth_crammd5,
    }
    offered = [each for each in wanted if each in smtp.server_auth_methods]
    if not offered:
        raise steps.undelivered(LOG_IN, NO_WAY_TO_LOG_IN.format(host=target.host))
    with steps.step(LOG_IN, f"As {login.username}."):
        for number, each in enumerate(offered, start=1):
            try:
                await ways[each](login.username, login.password)
                break
            except aiosmtplib.SMTPAuthenticationError as refused:
                if refused.code in WRONG_PASSWORD or number == len(offered):
                    raise
