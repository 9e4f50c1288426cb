"""Testing a time server step by step, without setting the clock."""

from __future__ import annotations

import time

from core.clock import Clock
from core.step_test import Told
from core.timekeeping.measuring import Manners, Unanswered, measure
from core.values.publication import Step

BUSY = "The time server is being tested already. Wait for the end of that test."


async def compare(host: str, port: int, manners: Manners, clock: Clock, told: Told) -> bool:
    """Ask the server and compare its time with the station's, each step told; False where it gives none."""
    try:
        found = await measure(host, port, manners, told)
    except Unanswered:
        return False
    offset = found.ahead + time.monotonic() - clock.now().timestamp()
    within = max(1, round(found.delay * 500))
    told(Step(name="Its clock", ok=True, said=f"stratum {found.stratum}, right within {within} ms"))
    told(Step(name="Compare", ok=True, said=offset_words(offset)))
    return True


def offset_words(offset: float) -> str:
    """How the station's clock stands; `offset` s is the server's time less its own."""
    if abs(offset) < 0.01:
        return "the station's clock is right"
    side = "behind" if offset > 0 else "ahead"
    return f"the station's clock is {abs(offset):.2f} s {side}"
