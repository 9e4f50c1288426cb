"""A mail server (aiosmtpd) that keeps what it takes."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from email import message_from_bytes
from email.policy import SMTP as POLICY
from types import TracebackType
from typing import Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.peers.cable import unused_port


class Letter:
    """A message as the server took it."""

    def __init__(self, envelope: Envelope) -> None:
        self.sender = str(envelope.mail_from)
        self.receivers = tuple(envelope.rcpt_tos)
        self.raw = bytes(cast("bytes", envelope.content))
        self.message = message_from_bytes(self.raw, policy=POLICY)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def files(self) -> dict[str, bytes]:
        """Attachments by name."""
        return {
            str(each.get_filename()): cast("bytes", each.get_payload(decode=True))
            for each in self.message.iter_attachments()
        }


class MailServer:
    """`encrypted` from the start, or `context` given for STARTTLS; `password` makes a log-in needed.

    `refusals` maps a receiver to the answer it gets; `answer` is given to whole messages in place of
    taking them. `start` again after `kill` listens at the same port, what was taken is still there.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        context: ssl.SSLContext | None = None,
        encrypted: bool = False,
        username: str = "station",
        password: str | None = None,
    ) -> None:
        self.host = host
        self.port = unused_port(host)
        self.letters: list[Letter] = []
        self.commands: list[str] = []
        self.refusals: dict[str, str] = {}
        self.answer: str | None = None
        self._context = context
        self._encrypted = encrypted
        self._login = (username, password)
        self._server: asyncio.Server | None = None
        self._open: list[SMTP] = []

    def delivered_once(self) -> dict[str, Letter]:
        """Letters by Message-ID: what a mail system shows that keeps one of each."""
        return {each.message_id: each for each in self.letters}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()

    async def start(self) -> None:
        self._server = await asyncio.get_running_loop().create_server(
            self._accepted,
            self.host,
            self.port,
            ssl=self._context if self._encrypted else None,
        )

    async def kill(self) -> None:
        """Stop listening, and drop every connection without a word."""
        if self._server is not None:
            self._server.close()
        for each in self._open:
            if isinstance(each.transport, asyncio.WriteTransport):
                each.transport.abort()
        self._open.clear()
        await asyncio.sleep(0)

    def _accepted(self) -> SMTP:
        password = self._login[1]
        with warnings.catch_warnings():
            # It warns of log-ins without encryption, which some tests are about.
            warnings.simplefilter("ignore")
            server = SMTP(
                self,
                hostname="mail.test",
                tls_context=None if self._encrypted else self._context,
                authenticator=self._check if password is not None else None,
                auth_required=password is not None,
                auth_require_tls=False,
                enable_SMTPUTF8=False,
            )
        self._open.append(server)
        return server

    def _check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object
    ) -> AuthResult:
        name, password = self._login
        right = isinstance(login, LoginPassword) and (
            login.login == name.encode() and login.password == (password or "").encode()
        )
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"RCPT {address}")
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.commands.append("RSET")
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.commands.append("DATA")
        if self.answer is not None:
            return self.answer
        self.letters.append(Letter(envelope))
        return "250 Taken"
