"""Telling the central system of charges: every fact in its order, each until it is acknowledged."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable

from core.audit import Note
from core.clock import Clock
from core.errors import StorageFull
from core.ocpp import named
from core.ocpp.configuration import Configuration
from core.ocpp.facts_told import told
from core.ocpp.frames import Payload
from core.ocpp.id_tags import read_verdict
from core.ocpp.topic import Saying
from core.serving import Serving
from core.serving.told import name_charge
from core.storage import Storage
from core.transactions import table as waiting_facts
from core.transactions.facts import Ended, Started, WaitingFact

log = logging.getLogger(__name__)


class Delivering:
    """Takes the facts from the station's memory one after the other; the next waits for the one before.

    A fact that the central system fails at is told again, later each time, as often as it has configured;
    then it is given up, and with the beginning of a charge all the rest of it. A link that is lost counts as
    no try. `changed` hears when more of them wait, or fewer;
    `attention` that one was forgotten.
    """

    def __init__(
        self,
        charging: Serving,
        storage: Storage,
        configuration: Configuration,
        clock: Clock,
        note: Callable[[Note], None],
        *,
        changed: Callable[[], None],
        attention: Callable[[], None],
    ) -> None:
        self._charging = charging
        self._storage = storage
        self._configuration = configuration
        self._clock = clock
        self._note = note
        self._changed = changed
        self._attention = attention
        self._names: dict[int, int] = {}
        self._after = 0
        self._tries = 0
        self._again_at = 0.0
        self._news = self._looked_at = 0
        self.waiting = 0
        """How many facts wait to be told, when that was looked at last."""

    async def open(self) -> None:
        """Read which charges the central system knows."""
        self._names = dict(await self._storage.read(named.load))
        await self.look()

    def arrived(self) -> None:
        """There are other facts than before."""
        self._news += 1
        self._attention()

    @property
    def is_sure(self) -> bool:
        """Nothing has happened to the facts since `waiting` was counted."""
        return self._looked_at == self._news

    async def look(self) -> None:
        """See how many facts wait: some have arrived, or were forgotten."""
        news = self._news
        waiting = await self._charging.facts.waiting()
        self._looked_at = news
        self.waiting = waiting
        self._changed()
        self._attention()

    def central_id(self, transaction: int) -> int | None:
        """The central system's number of a charge that it is being told of."""
        return self._names.get(transaction)

    async def next(self, *, accepted: bool) -> Saying | None:
        if self._looked_at != self._news:
            await self.look()
        rests = self._clock.elapsed() < self._again_at or self._storage.is_full
        if not accepted or not self.waiting or rests:
            return None
        while (found := await self._charging.facts.next(self._after)) is not None:
            fact = found.fact
            call = told(fact, self._names.get(fact.transaction), self._configuration)
            if call is not None:
                return self._saying(found, *call)
            self._done(found)
        return None

    def _saying(self, found: WaitingFact, action: str, payload: Payload) -> Saying:
        async def answered(answer: Payload) -> None:
            await self._taken(found, answer)

        async def failed(code: str) -> None:
            self._refused(found, action, code)

        # The same words have the same id, so that a central system that missed the end of a link can tell.
        id = f"charge-{found.number}-{self._tries}"  # noqa: A001 - the protocol's word
        return Saying(action=action, payload=payload, id=id, answered=answered, failed=failed)

    async def _taken(self, found: WaitingFact, answer: Payload) -> None:
        fact = found.fact
        if isinstance(fact, Started):
            self._names[fact.transaction] = answer["transactionId"]
        self._done(found)
        if isinstance(fact, Started):
            with contextlib.suppress(StorageFull):
                await self._charging.transaction_named(fact.transaction, answer["transactionId"])
        if isinstance(fact, Started | Ended) and fact.uid and "idTagInfo" in answer:
            with contextlib.suppress(StorageFull):
                verdict = read_verdict(answer["idTagInfo"])
                await self._charging.verdict(fact.transaction, fact.uid, verdict)

    def _refused(self, found: WaitingFact, action: str, code: str) -> None:
        self._tries += 1
        if self._tries < self._configuration.number("TransactionMessageAttempts"):
            pause = self._tries * self._configuration.number("TransactionMessageRetryInterval")
            self._again_at = self._clock.elapsed() + pause
            return
        self._note(
            Note(
                kind="event",
                action="charge_not_told",
                subject=f"transaction {found.fact.transaction}",
                text=f"{action}: the central system failed at it {self._tries} times ({code or 'no answer'})",
            )
        )
        self._done(found)

    def _done(self, found: WaitingFact) -> None:
        """A fact is never told again, however long the disk is full."""
        self._after, self._tries, self._again_at = found.number, 0, 0.0
        fact = found.fact
        central = self._names.get(fact.transaction)
        if isinstance(fact, Ended):
            self._names.pop(fact.transaction, None)

        def act(link: sqlite3.Connection) -> None:
            waiting_facts.drop(link, found.number)
            if isinstance(fact, Ended):
                named.forget(link, fact.transaction)
            elif isinstance(fact, Started) and central is not None:
                named.keep(link, fact.transaction, central)
                # A death right after this must not leave the record without its number.
                name_charge(link, fact.transaction, central)

        self._storage.write_when_possible(act).add_done_callback(self._forgotten)

    def _forgotten(self, _: object) -> None:
        self.arrived()
