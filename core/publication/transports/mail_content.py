"""The content of a message handed to a mail server, piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

import aiosmtplib

from core.publication.transports.beside import unheeded
from core.publication.transports.limits import Limits

GO_ON = 354
TAKEN = 250
END = b".\r\n"
PAUSE_S = 0.005


async def hand_over(
    smtp: aiosmtplib.SMTP, content: Iterable[bytes], limits: Limits, last: Callable[[], None]
) -> str:
    """Send the content and return what the server answers to it; `last` is called before its end goes out.

    `content` has its dots doubled and ends with a line end. Raises SMTPException and OSError.
    """
    answer = await smtp.execute_command(b"DATA")
    if answer.code != GO_ON:
        raise aiosmtplib.SMTPDataError(answer.code, answer.message)
    protocol, transport = smtp.protocol, smtp.transport
    if protocol is None or not isinstance(transport, asyncio.WriteTransport):
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    # Listening before the content is sent: a server that gives up says so in the middle of it.
    answered = asyncio.create_task(protocol.read_response())
    answered.add_done_callback(unheeded)
    try:
        for piece in content:
            await _write(transport, piece, answered, limits.answer_s)
        is_whole = not (answered.done() or transport.is_closing())
        if is_whole:
            last()
            protocol.write(END)
        async with asyncio.timeout(limits.taken_s):
            answer = await answered
    finally:
        answered.cancel()
    if answer.code != TAKEN or not is_whole:
        raise aiosmtplib.SMTPDataError(answer.code, answer.message)
    return answer.message


async def _write(
    transport: asyncio.WriteTransport, piece: bytes, answered: asyncio.Task[object], answer_s: float
) -> None:
    """Write a piece and wait until it has left, at most `answer_s`; nothing once the server has answered."""
    if answered.done():
        return
    transport.write(piece)
    # A connection that takes everything at once must not keep the others waiting.
    await asyncio.sleep(0)
    async with asyncio.timeout(answer_s):
        # A transport tells nobody but its protocol that it is empty.
        while transport.get_write_buffer_size() and not answered.done():  # noqa: ASYNC110
            await asyncio.sleep(PAUSE_S)
