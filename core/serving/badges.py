"""Badges at the readers: decided here, or by a supervision that is asked and not waited for."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import msgspec

from core.audit import Note
from core.badges import cache
from core.badges import table as badges
from core.badges.uid import badge_uid
from core.badges.verdict import Verdict
from core.charge_points.authority import NoAnswer
from core.charge_points.configured import authorisation_of
from core.charge_points.point import ChargePoint
from core.charge_points.presenting import Holder, answered, present
from core.errors import StorageFull
from core.serving.points import ServedPoints
from core.serving.questions import Question
from core.values.badges import Signal
from core.values.outside import Outsider


class ServedBadges(ServedPoints):
    """Charge points that badges are presented to."""

    async def tick(self) -> None:
        """One control tick; a question that nobody has answered in time is decided here."""
        await super().tick()
        for question in self._questions.late(self._side.at):
            await self._decide_alone(question)

    async def end_all(self, reason: str) -> None:
        """End every charge for a stop reason such as `restart`, store the records, ask nobody any more."""
        self._questions.drop()
        await super().end_all(reason)

    async def present_badge(self, uid: str, point: int | None = None) -> Signal | None:
        """A badge is presented to the reader of a charge point, or to the one of the whole station (None).

        Returns what the reader makes heard, if anything; where the supervision is asked, that comes later by
        `acknowledge`.
        """
        uid = badge_uid(uid)
        holder = await self._holder(uid)
        self._catch_up()
        points = self._side.points if point is None else (self._point(point),)
        signal = present(
            points, holder, self._side.at, linked=self.authority.linked, bookings=self._side.bookings
        )
        if signal == "ask":
            self._ask(holder, points)
            signal = None
        await self._settled()
        return signal

    def may_open_register(self) -> bool:
        """Nothing charges, and the badges of the register are those that decide here."""
        self._catch_up()
        rules = authorisation_of(self._profile, self._settings)
        is_local = rules.location in {"charging_station", "disable"} and not rules.remote_command
        return is_local and all(point.session is None for point in self._side.points)

    async def forget_badges(self) -> None:
        """Forget what the supervision has said of badges."""
        await self._storage.write(cache.clear)

    async def _holder(self, uid: str) -> Holder:
        now = self._clock.now()
        badge, remembered = await self._storage.read(
            lambda link: (badges.find(link, uid), cache.recall(link, uid, now))
        )
        listed = await self.authority.listed(uid)
        known = (remembered if self._supervision.remembers else None) if listed is None else listed.at(now)
        if (
            known is not None
            and known.accepts
            and not (self.authority.linked or self._supervision.decides_alone)
        ):
            known = None
        return Holder(uid=uid, badge=badge, known=known)

    def _ask(self, holder: Holder, points: Sequence[ChargePoint], *, by: Outsider | None = None) -> None:
        """Ask the supervision about a badge, without waiting."""
        deadline = self._side.at + self._settings.number("supervision.message_timeout")
        question = Question(holder=holder, points=points, deadline=deadline, by=by)
        self._questions.ask(question, self._answer)

    async def _answer(self, question: Question) -> None:
        holder, points = question.holder, question.points
        try:
            verdict = await self.authority.authorise(
                holder.uid, points[0].number if len(points) == 1 else None
            )
        except NoAnswer:
            await self._decide_alone(question)
            return
        if not self._questions.take(question):
            return
        await self._remember(holder.uid, verdict)
        if not verdict.accepts:
            subject = "supervision" if len(points) > 1 else f"charge point {points[0].number}"
            self._log(Note(kind="event", action="badge_refused", subject=subject, new=verdict.status))
        await self._decided(question, msgspec.structs.replace(holder, known=verdict.at(self._clock.now())))

    async def _decide_alone(self, question: Question) -> None:
        """Nobody has answered: what is known decides, and the strategy for a lost link."""
        if not self._questions.take(question):
            return
        if question.by is not None:
            await self._decided(question, question.holder)
            return
        self._catch_up()
        signal = present(question.points, question.holder, self._side.at, bookings=self._side.bookings)
        await self._settled()
        if signal is not None and signal != "ask":
            await self.acknowledge(signal)

    async def _decided(self, question: Question, holder: Holder) -> None:
        self._catch_up()
        signal = answered(
            question.points,
            holder,
            self._side.at,
            self._side.bookings,
            by=question.by,
        )
        await self._settled()
        if question.by is None:
            await self.acknowledge(signal)

    async def _remember(self, uid: str, verdict: Verdict) -> None:
        """Keep what the supervision said; on a full disk it is asked again the next time."""
        if not self._supervision.remembers:
            return
        now = self._clock.now()
        with contextlib.suppress(StorageFull):
            await self._storage.write(lambda link: cache.remember(link, uid, verdict, now))
