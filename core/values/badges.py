"""The badges of the register: how they are asked for, learned, and read from a file."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from core.errors import Problem

BadgeType = Literal["user", "vip", "admin"]
BadgeOrder = Literal["number", "uid", "type", "comment", "last_use"]
LearningMode = Literal["add", "delete"]
LearningEnd = Literal["", "stopped", "time", "session"]
Learned = Literal["added", "known", "removed", "unknown", "full"]
ImportMode = Literal["replace", "merge"]
SealState = Literal["intact", "broken", "missing"]
Signal = Literal["accepted", "refused", "learned", "known"]
"""What a badge is acknowledged with at the reader."""

LONGEST_COMMENT = 50
LEARNING_SECONDS = 30


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """A badge of the register. `uid`: 3..10 bytes in upper-case hex; `comment`: 0..50 characters.

    `first_use` and `last_use` are None for a badge that has never charged.
    """

    number: int
    uid: str
    type: BadgeType
    comment: str = ""
    first_use: datetime | None = None
    last_use: datetime | None = None


class BadgeQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the register: `limit` badges (0..1000) after the first `offset` ones in this order.

    `find` is a part of the identifier (spaces, colons and dashes do not count) or of the comment, in any
    case.
    """

    find: str = ""
    sort: BadgeOrder = "number"
    descending: bool = False
    offset: int = 0
    limit: int = 1000


class BadgePage(msgspec.Struct, frozen=True, kw_only=True):
    """`found` counts what matches the query without `offset` and `limit`; `total` is all there are."""

    badges: tuple[Badge, ...]
    found: int
    total: int


class BadgeSelection(msgspec.Struct, frozen=True, kw_only=True):
    """Which badges are meant: those of `uids`, or, when `found` is not None, all that it finds but `besides`.

    `expected` is how many the user saw selected; another number raises Conflict and changes nothing.
    """

    uids: tuple[str, ...] = ()
    found: str | None = None
    besides: tuple[str, ...] = ()
    expected: int | None = None


class LearnedBadge(msgspec.Struct, frozen=True, kw_only=True):
    """A badge that came while learning; `place` counts them from 1.

    `result`: `added`, `known` (there already), `removed`, `unknown` (not there), `full` (no room for it).
    """

    place: int
    uid: str
    result: Learned
    type: BadgeType | None = None
    comment: str = ""


class Learning(msgspec.Struct, frozen=True, kw_only=True):
    """The learning that runs, or the last one (`running` False, `ended` says why).

    `seconds_left` until it ends without another badge. `latest` are the newest badges, at most 100, oldest
    first.
    """

    mode: LearningMode
    account: str
    origin: str
    session: int
    running: bool
    seconds_left: float
    ended: LearningEnd = ""
    added: int = 0
    known: int = 0
    removed: int = 0
    unknown: int = 0
    latest: tuple[LearnedBadge, ...] = ()


class BadgeChange(msgspec.Struct, frozen=True, kw_only=True):
    """A badge that is in the register, and what an import makes of it."""

    old: Badge
    new: Badge


class BadgeImport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did (`saved`), or would do.

    `seal`: `intact`, or `broken` or `missing` for a file that was edited. `problems` name every faulty line
    (`values["line"]`); while there is one, nothing is imported. `read` badges are in the file.
    """

    mode: ImportMode
    seal: SealState
    saved: bool
    read: int
    added: tuple[Badge, ...] = ()
    changed: tuple[BadgeChange, ...] = ()
    removed: tuple[Badge, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
