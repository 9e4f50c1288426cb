"""When a measured time may set the clock: at once, or only after the server has said it several times."""

from __future__ import annotations

from typing import Literal

import msgspec

JUMP = 900.0
"""s that a server which was followed may suddenly differ by, before it is asked again and again."""

TIMES = 3
"""Rounds in which it must say the same before it is believed."""

SAME = 2.0
"""s within which two rounds say the same."""

SET_FROM = 0.5
"""s from which the clock is set; less shows in no record and is slewed."""

SLEW_FROM = 0.005
"""s; less is within what a question over a network finds out."""

Verdict = Literal["follow", "doubt"]


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """What is believed of a server.

    `ahead`: the time at which it was followed (None: never); `doubted`: a jump that it has said `times`.
    """

    ahead: float | None = None
    doubted: float | None = None
    times: int = 0


def weigh(trust: Trust, ahead: float, *, asked: bool = False) -> tuple[Trust, Verdict]:
    """What to do with a time, and what is believed afterwards; `asked`: a person wants it now."""
    if asked or trust.ahead is None or abs(ahead - trust.ahead) <= JUMP:
        return Trust(ahead=ahead), "follow"
    again = trust.doubted is not None and abs(ahead - trust.doubted) <= SAME
    times = trust.times + 1 if again else 1
    if times >= TIMES:
        return Trust(ahead=ahead), "follow"
    return Trust(ahead=trust.ahead, doubted=ahead, times=times), "doubt"
