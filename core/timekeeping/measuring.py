"""Measuring the time of a server: its name, several answers, and what they agree on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from statistics import median

import msgspec

from core.timekeeping.asking import Sample, ask
from core.timekeeping.judging import Refusal
from core.values.publication import Step

PORT = 123
MOST_ADDRESSES = 3
LARGEST_SPREAD = 1.0
"""s that answers of one server may be apart, beyond what their way explains."""


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How a server is asked: `samples` times, `spacing` s apart, waiting up to `wait` s for each answer."""

    samples: int = 4
    spacing: float = 0.5
    wait: float = 2.0
    name: float = 10.0
    """s for the DNS server to answer."""


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """The time of a server: `ahead` of `time.monotonic()` in s since 1970, right within `delay`/2."""

    ahead: float
    delay: float
    stratum: int
    address: str


class Unanswered(Exception):
    """The server gave no time; `kiss` is the code of one that wants to be left alone."""

    def __init__(self, step: str, said: str, kiss: str = "") -> None:
        super().__init__(said)
        self.step = step
        self.said = said
        self.kiss = kiss


Told = Callable[[Step], None]


async def measure(host: str, port: int, manners: Manners, told: Told = lambda _step: None) -> Measurement:
    """Ask a server by name or address; `told` hears of each step. Raises Unanswered."""
    try:
        return await _measure(host, port, manners, told)
    except Unanswered as failed:
        told(Step(name=failed.step, ok=False, said=failed.said))
        raise


async def _measure(host: str, port: int, manners: Manners, told: Told) -> Measurement:
    addresses = await _addresses(host, port, manners.name)
    told(Step(name=f"Find {host}", ok=True, said=", ".join(addresses)))
    refusal = Refusal(said="")
    for address in addresses:
        first = await ask(address, port, manners.wait)
        if isinstance(first, Sample) or first.kiss:
            refusal = first if isinstance(first, Refusal) else refusal
            break
        refusal = first
    else:
        raise Unanswered(f"Ask {addresses[-1]}", refusal.said)
    if isinstance(first, Refusal):
        raise Unanswered(f"Ask {address}", first.said, first.kiss)
    samples = [first]
    for _more in range(manners.samples - 1):
        await asyncio.sleep(manners.spacing)
        said = await ask(address, port, manners.wait)
        if isinstance(said, Sample):
            samples.append(said)
        elif said.kiss:
            raise Unanswered(f"Ask {address}", said.said, said.kiss)
    counted = f"{len(samples)} of {manners.samples} answers, the quickest in {_ms(samples)} ms"
    if len(samples) * 2 < manners.samples:
        raise Unanswered(f"Ask {address}", f"only {counted}")
    told(Step(name=f"Ask {address}", ok=True, said=counted))
    return agreed(samples, address)


def agreed(samples: Sequence[Sample], address: str) -> Measurement:
    """What the quicker half of the answers says in the middle. Raises Unanswered where they contradict."""
    quick = sorted(samples, key=lambda each: each.delay)[: (len(samples) + 1) // 2]
    ahead = median(each.ahead for each in quick)
    if any(abs(each.ahead - ahead) > LARGEST_SPREAD + each.delay for each in samples):
        raise Unanswered("Compare the answers", "they contradict each other by more than a second")
    return Measurement(
        ahead=ahead,
        delay=max(each.delay for each in quick),
        stratum=max(each.stratum for each in samples),
        address=address,
    )


async def _addresses(host: str, port: int, wait: float) -> list[str]:
    step = f"Find {host}"
    try:
        async with asyncio.timeout(wait):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except TimeoutError:
        raise Unanswered(step, "no DNS server answers; check it under Network") from None
    except (OSError, UnicodeError):
        raise Unanswered(step, "this name is not known; check it, and the DNS server under Network") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))[:MOST_ADDRESSES]


def _ms(samples: Sequence[Sample]) -> int:
    return round(min(each.delay for each in samples) * 1000)
