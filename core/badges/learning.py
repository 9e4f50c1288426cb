"""Learning: badges that are presented to the reader are entered in the register, or taken out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import msgspec

from core.badges.changes import Author
from core.badges.register import Register
from core.clock import Clock
from core.errors import Busy, Conflict, Invalid, NotFound, StationError
from core.events import AnyEvent, LearningChanged
from core.values.badges import (
    Badge,
    BadgeSelection,
    Learned,
    LearnedBadge,
    Learning,
    LearningEnd,
    LearningMode,
)

SHORTEST_SECONDS, LONGEST_SECONDS = 5, 600
LATEST = 100


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """Who learns: an account in its session; `origin` in one line."""

    account: str
    origin: str
    session: int


class BadgeLearning:
    """One learning at a time; it ends by itself so many seconds after its last badge.

    `is_there` tells whether a session is still open; `announce` takes facts and never waits.
    """

    def __init__(
        self,
        register: Register,
        clock: Clock,
        is_there: Callable[[int], bool],
        announce: Callable[[AnyEvent], None],
    ) -> None:
        self._register = register
        self._clock = clock
        self._is_there = is_there
        self._announce = announce
        self._learning: Learning | None = None
        self._seconds = 0
        self._ends_at = 0.0

    def state(self) -> Learning | None:
        """The learning that runs, or the last one."""
        self.check()
        learning = self._learning
        if learning is None or not learning.running:
            return learning
        left = max(0.0, self._ends_at - self._clock.elapsed())
        return msgspec.structs.replace(learning, seconds_left=round(left, 1))

    @property
    def is_running(self) -> bool:
        self.check()
        return self._learning is not None and self._learning.running

    def start(self, mode: LearningMode, seconds: int, learner: Learner) -> Learning:
        """Begin, or begin anew where the same session learns already. Raises Invalid, Busy."""
        if mode not in get_args(LearningMode):
            raise Invalid("Learning adds or deletes, got {got}", got=str(mode)[:40])
        if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
            raise Invalid(
                "Learning ends {shortest} to {longest} s after the last badge, got {got}",
                shortest=SHORTEST_SECONDS,
                longest=LONGEST_SECONDS,
                got=seconds,
            )
        self._refuse_others(learner)
        self._seconds = seconds
        self._ends_at = self._clock.elapsed() + seconds
        self._put(
            Learning(
                mode=mode,
                account=learner.account,
                origin=learner.origin,
                session=learner.session,
                running=True,
                seconds_left=float(seconds),
            )
        )
        return self._current()

    def stop(self, learner: Learner) -> Learning | None:
        """End this session's learning; the last one, where none runs. Raises Busy for somebody else's."""
        self._refuse_others(learner)
        if self.is_running:
            self._end("stopped")
        return self.state()

    def check(self) -> None:
        """End what is over: by time, or with its session."""
        learning = self._learning
        if learning is None or not learning.running:
            return
        if not self._is_there(learning.session):
            self._end("session")
        elif self._clock.elapsed() >= self._ends_at:
            self._end("time")

    async def take(self, uid: str) -> Learned | None:
        """A badge was presented; None while nobody learns. Raises Invalid for what is no identifier."""
        if not self.is_running:
            return None
        learning = self._current()
        author = Author(account=learning.account, origin=learning.origin, text="at the reader")
        result, badge = await self._done(learning.mode, uid, author)
        latest = self._current()
        self._ends_at = self._clock.elapsed() + self._seconds
        seen = LearnedBadge(
            place=latest.latest[-1].place + 1 if latest.latest else 1,
            uid=uid,
            result=result,
            type=badge.type if badge is not None else None,
            comment=badge.comment if badge is not None else "",
        )
        counted = {} if result == "full" else {result: getattr(latest, result) + 1}
        self._put(msgspec.structs.replace(latest, latest=(*latest.latest, seen)[-LATEST:], **counted))
        return result

    async def _done(self, mode: LearningMode, uid: str, author: Author) -> tuple[Learned, Badge | None]:
        there = await self._register.find(uid)
        try:
            if mode == "add":
                if there is not None:
                    return "known", there
                return "added", await self._register.add(uid, "user", "", author)
            if there is None:
                return "unknown", None
            await self._register.remove(BadgeSelection(uids=(uid,)), author)
        except Conflict:
            return "known", there
        except NotFound:
            return "unknown", None
        except StationError:
            return "full", there
        return "removed", there

    def _refuse_others(self, learner: Learner) -> None:
        if not self.is_running:
            return
        running = self._current()
        if running.session != learner.session:
            left = max(0.0, self._ends_at - self._clock.elapsed())
            raise Busy(
                "{account} ({origin}) learns badges now ({mode}), {seconds} s are left without another badge",
                details={"account": running.account, "origin": running.origin},
                account=running.account,
                origin=running.origin,
                mode=running.mode,
                seconds=round(left),
            )

    def _end(self, why: LearningEnd) -> None:
        self._put(msgspec.structs.replace(self._current(), running=False, seconds_left=0.0, ended=why))

    def _current(self) -> Learning:
        if self._learning is None:
            raise LookupError("nobody has learned yet")
        return self._learning

    def _put(self, learning: Learning) -> None:
        self._learning = learning
        self._announce(LearningChanged())
