"""Parcels sent by e-mail (SMTP, RFC 5321; STARTTLS, RFC 3207)."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress

import aiosmtplib

from core.publication.parcel import Parcel, Step, Undelivered
from core.publication.transports.beside import insisting
from core.publication.transports.mail_content import hand_over
from core.publication.transports.mail_entry import Client, greet, log_in, own_name, start_tls
from core.publication.transports.mail_message import Letter, write_letter
from core.publication.transports.mail_words import RECEIVER, SENDER, of_answer, of_silence
from core.publication.transports.reaching import reach
from core.publication.transports.steps import SEND, Steps
from core.publication.transports.surroundings import Surroundings
from core.publication.transports.target import MailTarget
from core.publication.transports.trust import trusting

FAULTS = (OSError, EOFError, aiosmtplib.SMTPException, UnicodeError)
GOODBYE_S = 2.0


class Mail:
    """A mail server. Every receiver must be accepted, or nobody gets the message: none then gets it twice."""

    def __init__(self, target: MailTarget, around: Surroundings) -> None:
        self._target = target
        self._around = around

    async def send(self, parcel: Parcel) -> None:
        """Deliver the parcel to all receivers. Raises Undelivered."""
        limits = self._around.limits
        steps = self._steps(lambda _: None)
        letter = write_letter(parcel, self._target, self._around.clock.now())
        smtp = self._client(await self._context())
        try:
            async with steps.within(limits.whole_s):
                await insisting(self._deliver(smtp, steps, letter))
            await _leave(smtp)
        finally:
            smtp.close()

    async def test(self, told: Callable[[Step], None]) -> bool:
        """Go as far as the receivers, then take it back."""
        steps = self._steps(told)
        smtp = self._client(await self._context())
        try:
            async with steps.within(self._around.limits.whole_s):
                await insisting(self._enter(smtp, steps, size=None))
            await _leave(smtp)
        except Undelivered as fault:
            told(Step(name=fault.step, ok=False, said=fault.said))
            return False
        finally:
            smtp.close()
        return True

    async def _deliver(self, smtp: aiosmtplib.SMTP, steps: Steps, letter: Letter) -> None:
        def last() -> None:
            steps.handed_over = True

        await self._enter(smtp, steps, size=letter.size)
        with steps.step(SEND, "Taken."):
            try:
                await hand_over(smtp, letter.pieces(), self._around.limits, last)
            except aiosmtplib.SMTPDataError:
                # An answer, so it is known: the server did not take it.
                steps.handed_over = False
                raise

    def _steps(self, told: Callable[[Step], None]) -> Steps:
        return Steps(told, explain=self._explain, faults=FAULTS)

    def _explain(self, step: str, fault: BaseException) -> str:
        if isinstance(fault, aiosmtplib.SMTPResponseException):
            return of_answer(step, fault.code, fault.message, self._target)
        return of_silence(step, fault, self._target)

    async def _context(self) -> ssl.SSLContext | None:
        if self._target.security == "none":
            return None
        return await trusting(self._around.authorities)

    def _client(self, context: ssl.SSLContext | None) -> Client:
        return Client(
            hostname=self._target.host,
            timeout=self._around.limits.answer_s,
            use_tls=self._target.security == "tls",
            start_tls=False,
            tls_context=context,
        )

    async def _enter(self, smtp: aiosmtplib.SMTP, steps: Steps, *, size: int | None) -> None:
        """Everything up to the content: connected, encrypted, logged in, sender and receivers accepted."""
        target = self._target
        opened = await reach(target, steps, self._around.limits.answer_s)
        try:
            smtp.local_hostname = own_name(opened)
            await greet(smtp, opened, steps)
        except BaseException:
            smtp.close()
            opened.close()
            raise
        if target.security == "starttls":
            await start_tls(smtp, steps, target)
        if target.login is not None:
            await log_in(smtp, steps, target.login, target)
        with steps.step(SENDER, f"{target.sender} may send."):
            sized = size is not None and smtp.supports_extension("size")
            await smtp.mail(target.sender, options=[f"size={size}"] if sized else [])
        for receiver in target.receivers:
            with steps.step(f"{RECEIVER} {receiver}", "Accepted."):
                await smtp.rcpt(receiver)


async def _leave(smtp: aiosmtplib.SMTP) -> None:
    """Say goodbye; what was begun and not sent is dropped by the server."""
    with suppress(OSError, aiosmtplib.SMTPException):
        await smtp.rset(timeout=GOODBYE_S)
        await smtp.quit(timeout=GOODBYE_S)
