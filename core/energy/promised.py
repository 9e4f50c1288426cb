"""What vehicles may take from the supply: what they are offered, and what they were offered a moment ago."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

FOLLOW_SECONDS = 10.0
"""s; a vehicle has 5 s to follow a lower offer (IEC 61851-1, annex A), and a board that cannot be told of it
counts as silent after 5 s."""

UNHEARD_SECONDS = 30.0
"""s; a board that has not answered so long after the start is taken as not there."""

Lines = frozenset[int]


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A on some network phases, that a vehicle may take `until` an elapsed time (None: on and on)."""

    current: float
    lines: Lines
    until: float | None = None


class Promised:
    """Every offer counts in full, whatever its vehicle draws; a lower one frees room after FOLLOW_SECONDS."""

    def __init__(self) -> None:
        self._now: dict[int, Promise] = {}
        self._before: dict[int, tuple[Promise, ...]] = {}

    def unheard(self, point: int, *, current: float, lines: Lines, at: float) -> None:
        """At the start: until its board is told something, it may go on with anything up to this current."""
        self._before[point] = (Promise(current=current, lines=lines, until=at + UNHEARD_SECONDS),)

    def silent(self, point: int) -> None:
        """The board cannot be told anything; nobody knows whether it has heard of its last lower offer."""
        if point in self._now:
            self._before[point] = tuple(replace(each, until=None) for each in self._before.get(point, ()))

    def told(self, point: int, *, current: float, lines: Lines, closed: bool, at: float) -> None:
        """The board of a charge point was told to offer this current.

        `closed`: its contactor is. Through an open one nothing flows, and what was offered before is void.
        """
        self.passed(at)
        is_first = point not in self._now
        now = Promise(current=current, lines=lines)
        old, self._now[point] = self._now.get(point, now), now
        if not closed:
            self._before.pop(point, None)
            return
        before = list(self._before.get(point, ()))
        if old.current > current or not old.lines <= lines:
            before.append(old)
        self._before[point] = tuple(
            replace(each, until=at + FOLLOW_SECONDS) if each.until is None or is_first else each
            for each in before
        )

    def passed(self, at: float) -> None:
        """Forget what has run out."""
        self._before = {
            point: left
            for point, promises in self._before.items()
            if (left := tuple(each for each in promises if each.until is None or each.until > at))
        }

    def room(self, point: int, lines: Lines, supply: float, granted: Mapping[int, Promise]) -> float:
        """A that this charge point can have on all these phases, beside what all the others may take.

        `granted` is what others are going to be offered in this moment.
        """
        others = (set(self._now) | set(self._before) | set(granted)) - {point}
        loads = (sum(self._taken(other, line, granted) for other in others) for line in lines)
        return supply - max(loads, default=0.0)

    def _taken(self, point: int, line: int, granted: Mapping[int, Promise]) -> float:
        now = (each[point] for each in (self._now, granted) if point in each)
        promises = (*self._before.get(point, ()), *now)
        return max((each.current for each in promises if line in each.lines), default=0.0)

    def next_change(self) -> float | None:
        """When an earlier offer has run out, in elapsed s."""
        until = (each.until for promises in self._before.values() for each in promises)
        return min((moment for moment in until if moment is not None), default=None)
