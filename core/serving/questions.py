"""Badges that the supervision has been asked about, and who still waits for its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from core.charge_points.point import ChargePoint
from core.charge_points.presenting import Holder
from core.values.outside import Outsider


@dataclass(frozen=True, kw_only=True, eq=False)
class Question:
    """A badge at these charge points; `deadline` elapsed s. `by`: the system outside that wants a start."""

    holder: Holder
    points: Sequence[ChargePoint]
    deadline: float
    by: Outsider | None = None


class Questions:
    """One question a badge; whoever takes one decides it, and nobody else does."""

    def __init__(self) -> None:
        self._asked: dict[str, tuple[Question, asyncio.Task[None]]] = {}

    def ask(self, question: Question, work: Callable[[Question], Awaitable[None]]) -> None:
        """Let `work` ask it, without waiting; a badge that is asked about already waits for that answer."""
        uid = question.holder.uid
        if uid in self._asked:
            return

        async def asking() -> None:
            await work(question)

        self._asked[uid] = (question, asyncio.create_task(asking(), name="badge asked about"))

    def take(self, question: Question) -> bool:
        """Decide a question now; False where it has been decided."""
        asked = self._asked.get(question.holder.uid)
        if asked is None or asked[0] is not question:
            return False
        del self._asked[question.holder.uid]
        return True

    def late(self, at: float) -> list[Question]:
        """Those that have waited until their deadline; nobody asks them any longer."""
        found = [each for each in self._asked.values() if at >= each[0].deadline]
        for _, task in found:
            task.cancel()
        return [question for question, _ in found]

    def drop(self) -> None:
        """Nobody is to be asked any more."""
        for _, task in self._asked.values():
            task.cancel()
        self._asked.clear()
