"""From the sessions of users to what happens at the charge points, in the order of time."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from core.replay.report import Tally
from core.replay.trondheim import RealSession

OVERLAP = "it overlaps another session of this user"
INCOMPLETE = "incomplete"
NEVER = datetime.max.replace(tzinfo=UTC)


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle at a charge point from `start` to `end`, that takes `energy_wh` Wh if there is time."""

    point: int
    uid: str
    start: datetime
    end: datetime
    energy_wh: int


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens: a vehicle arrives or leaves."""

    at: datetime
    stay: Stay
    arrives: bool


def uid_of(user: str) -> str:
    """The badge of a user: four bytes in hex, always the same ones."""
    return hashlib.sha256(user.encode()).hexdigest()[:8].upper()


def stays(point: int, sessions: Iterable[RealSession], tally: Tally) -> tuple[Stay, ...]:
    """The sessions of one user that can be replayed at a point, by time; the others are counted."""
    found: list[Stay] = []
    for session in sorted(sessions, key=_by_start):
        start, end, energy = session.start, session.end, session.energy_wh
        if session.flaw is not None:
            tally.flawed(session.flaw.value)
        elif start is None or end is None or energy is None:
            tally.flawed(INCOMPLETE)
        elif found and start < found[-1].end:
            tally.refused(OVERLAP)
        else:
            uid = uid_of(session.user)
            found.append(Stay(point=point, uid=uid, start=start, end=end, energy_wh=energy))
    return tuple(found)


def moments(by_point: Mapping[int, Sequence[Stay]]) -> Iterator[Moment]:
    """What happens at all points, by time; at one point a vehicle leaves before the next arrives."""
    streams = [_of_point(each) for each in by_point.values()]
    return heapq.merge(*streams, key=lambda moment: moment.at)


def _of_point(found: Sequence[Stay]) -> Iterator[Moment]:
    for stay in found:
        yield Moment(at=stay.start, stay=stay, arrives=True)
        yield Moment(at=stay.end, stay=stay, arrives=False)


def _by_start(session: RealSession) -> tuple[datetime, int]:
    return session.start or NEVER, session.id
