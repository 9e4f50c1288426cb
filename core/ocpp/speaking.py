"""What the station says over one connection: the most urgent topic first, one call after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from core.ocpp.booting import Booting
from core.ocpp.conversation import Conversation, Gone, NotDone, Unanswered
from core.ocpp.topic import Saying, Topic

SILENT = "It did not answer within {seconds} s."


class TurnedAway(Exception):
    """The central system does not take this station; nothing more is said."""


class Speaking:
    """`topics` in the order of their urgency; `attention` is set when there may be something to say.

    `said` hears of every call that was answered.
    `heard_at` gives the elapsed s at which anything came last; `patience` s for an answer.
    """

    def __init__(
        self,
        booting: Booting,
        topics: Sequence[Topic],
        attention: asyncio.Event,
        *,
        said: Callable[[], None],
        heard_at: Callable[[], float],
        patience: Callable[[], int],
    ) -> None:
        self._booting = booting
        self._topics = (booting, *topics)
        self._said = said
        self._heard_at = heard_at
        self._patience = patience
        self._attention = attention

    async def run(self, conversation: Conversation) -> None:
        """Say what is to be said until the connection ends. Raises Gone, TurnedAway."""
        while True:
            self._attention.clear()
            if not await self._say_one(conversation):
                await self._attention.wait()

    async def _say_one(self, conversation: Conversation) -> bool:
        accepted = self._booting.standing == "Accepted"
        for topic in self._topics:
            saying = await topic.next(accepted=accepted)
            if saying is not None:
                await self._say(conversation, saying)
                return True
        return False

    async def _say(self, conversation: Conversation, saying: Saying) -> None:
        heard, patience = self._heard_at(), self._patience()
        try:
            answer = await conversation.call(saying.action, saying.payload, within=patience, id=saying.id)
        except NotDone as fault:
            await saying.failed(fault.code)
        except Unanswered:
            if self._heard_at() == heard:
                raise Gone(SILENT.format(seconds=patience)) from None
            await saying.failed("")
        else:
            await saying.answered(answer)
            self._said()
        if self._booting.standing == "Rejected":
            raise TurnedAway
