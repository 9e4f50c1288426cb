"""Asking a time server once: one datagram there, one back."""

from __future__ import annotations

import asyncio
import secrets
import time

import msgspec

from core.timekeeping.judging import Refusal, judge
from core.timekeeping.packet import NONCE_LENGTH, question


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `ahead` s: the server's time (since 1970) less `time.monotonic()`.

    Being against the clock that never steps it stays right whatever happens to the station's own.
    `delay` s on the way there and back; the answer is right within half of it.
    """

    ahead: float
    delay: float
    stratum: int


class _Mailbox(asyncio.DatagramProtocol):
    """What comes back, with the moment at which it came."""

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[tuple[bytes, float] | OSError] = asyncio.Queue(maxsize=16)

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - connected to one address
        if not self.arrived.full():
            self.arrived.put_nowait((data, time.monotonic()))

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, OSError) and not self.arrived.full():
            self.arrived.put_nowait(exc)


async def ask(address: str, port: int, wait: float) -> Sample | Refusal:
    """Ask from a port of its own and wait up to `wait` s for an answer to this very question."""
    try:
        transport, mailbox = await asyncio.get_running_loop().create_datagram_endpoint(
            _Mailbox, remote_addr=(address, port)
        )
    except OSError as error:
        return Refusal(said=_no_way(error))
    nonce = secrets.token_bytes(NONCE_LENGTH)
    seen: Refusal | None = None
    try:
        async with asyncio.timeout(wait):
            asked_at = time.monotonic()
            transport.sendto(question(nonce))
            while True:
                came = await mailbox.arrived.get()
                if isinstance(came, OSError):
                    return Refusal(said=_no_way(came))
                said = _sample(came[0], nonce, asked_at, came[1])
                if isinstance(said, Sample) or said.is_ours:
                    return said
                seen = said
    except TimeoutError:
        return seen or Refusal(said=f"no answer within {wait:g} s")
    finally:
        transport.close()


def _sample(datagram: bytes, nonce: bytes, asked_at: float, came_at: float) -> Sample | Refusal:
    answer = judge(datagram, nonce)
    if isinstance(answer, Refusal):
        return answer
    held = answer.sent - answer.received
    delay = came_at - asked_at - held
    if delay < -0.001:
        return Refusal(said="the server's times contradict each other")
    middle = (answer.received + answer.sent) / 2 - (asked_at + came_at) / 2
    return Sample(ahead=middle, delay=max(0.0, delay), stratum=answer.stratum)


def _no_way(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens for time there"
    return "there is no way to it from here; check the network"
