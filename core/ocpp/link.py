"""Keeping the link to the central system: opened, watched, opened again when it is lost."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import NoReturn

from core.clock import Clock
from core.ocpp.booting import Booting
from core.ocpp.conversation import Answer, Conversation, Gone, Unanswered
from core.ocpp.linked import Linked
from core.ocpp.pace import pause
from core.ocpp.reaching import open_wire
from core.ocpp.seen import Seen
from core.ocpp.speaking import Speaking, TurnedAway
from core.ocpp.target import Reader, Target
from core.ocpp.together import together
from core.ocpp.waits import Waits
from core.publication.parcel import Undelivered

LINK, REGISTER = "Link", "Register"
LOOK_EVERY_S = 1.0
REJECTED = "The central system refuses this station. Ask your operator whether it is known there."
NO_PONG = "It did not answer within {seconds} s."


class Link:
    """The link to whichever of the central systems answers.

    `begins` hears which it is before anything is said. `chance` draws from 0..1.
    """

    def __init__(
        self,
        settings: Reader,
        clock: Clock,
        waits: Waits,
        linked: Linked,
        booting: Booting,
        speaking: Speaking,
        answer: Answer,
        seen: Seen,
        *,
        begins: Callable[[Target], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._waits = waits
        self._linked = linked
        self._booting = booting
        self._speaking = speaking
        self._answer = answer
        self._seen = seen
        self._begins = begins
        self._chance = chance

    async def run(self, targets: Sequence[Target], lost: Callable[[], Awaitable[None]]) -> NoReturn:
        """Hold a link to one of `targets` until cancelled; `lost` hears of the end of each connection."""
        while True:
            for target in targets:
                try:
                    await self._hold(target)
                except Undelivered as failed:
                    self._linked.failed(failed.step, failed.said)
                    continue
                except Gone as gone:
                    self._linked.failed(LINK, str(gone))
                except TurnedAway:
                    self._linked.failed(REGISTER, REJECTED)
                finally:
                    await lost()
                break
            await self._wait()

    async def _wait(self) -> None:
        first = self._settings.number("supervision.reconnect_interval")
        rejected = self._booting.standing == "Rejected"
        seconds = pause(self._linked.failures + 1, first, self._chance())
        if rejected:
            seconds = max(seconds, self._booting.wait_s)
        self._linked.waits(seconds, rejected=rejected)
        await self._waits.sleep(seconds)

    async def _hold(self, target: Target) -> None:
        """One connection from its opening to its end. Raises Undelivered, Gone, TurnedAway."""
        patience = self._settings.number("supervision.message_timeout")
        self._linked.trying(target.url, target.which)
        wire = await open_wire(target, lambda _: None, patience)
        try:
            self._linked.opened()
            self._linked.heard()
            self._begins(target)
            conversation = Conversation(wire, self._answer, self._seen, self._waits, heard=self._linked.heard)
            await together(conversation.run(), self._speaking.run(conversation), self._watch(conversation))
        except Gone:
            # Nobody is there who would close it with the station.
            wire.abort()
            raise
        finally:
            await wire.close()

    async def _watch(self, conversation: Conversation) -> None:
        """Ask for a sign of life when nothing was heard for the ping interval. Raises Gone."""
        while True:
            await self._waits.sleep(LOOK_EVERY_S)
            interval = self._settings.number("supervision.ping_interval")
            silent = self._clock.elapsed() - (self._linked.heard_at or 0.0)
            if interval and silent >= interval:
                patience = self._settings.number("supervision.message_timeout")
                try:
                    await conversation.ping(within=patience)
                except Unanswered:
                    raise Gone(NO_PONG.format(seconds=patience)) from None
