"""A file on its way to a server that the central system named, and the states that it is told."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, NamedTuple

import msgspec

from core.audit import Note
from core.ocpp.frames import Payload
from core.ocpp.topic import Saying
from core.ocpp.transfers.newest import Newest
from core.ocpp.waits import Waits
from core.publication.parcel import Undelivered
from core.publication.transports.target import FileTarget, WebTarget

log = logging.getLogger(__name__)

State = Literal["idle", "uploading", "uploaded", "failed"]
MOST_UNTOLD = 16
MOST_TRIES = 20
USUAL_TRIES = 3
USUAL_PAUSE_S = 60
LONGEST_PAUSE_S = 24 * 3600
INSIDE = "something went wrong inside the station"

Send = Callable[[FileTarget | WebTarget, str, bytes], Awaitable[None]]
"""Delivers a file under a name. Raises Undelivered."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A file to send: `content` makes it when it is needed; `number` is that of the request, if any."""

    target: FileTarget | WebTarget
    name: str
    content: Callable[[], Awaitable[bytes]]
    tries: int
    pause_s: int
    number: int | None = None


class Words(NamedTuple):
    """How a kind of file is told of: the call, its word for each state, the subject of log entries."""

    action: str
    states: Mapping[State, str]
    subject: str


def tries_of(payload: Payload) -> tuple[int, int]:
    """How often at most a transfer is tried, and the s between (OCPP 1.6, 6.21: the station may choose)."""
    tries = payload.get("retries")
    pause = payload.get("retryInterval", USUAL_PAUSE_S)
    return (
        USUAL_TRIES if tries is None else 1 + min(max(0, tries), MOST_TRIES - 1),
        min(max(0, pause), LONGEST_PAUSE_S),
    )


class Uploading:
    """One file at a time; the next order takes the place of the one before."""

    def __init__(
        self,
        words: Words,
        send: Send,
        waits: Waits,
        note: Callable[[Note], None],
        attention: Callable[[], None],
    ) -> None:
        self._words = words
        self._send = send
        self._waits = waits
        self._note = note
        self._attention = attention
        self._newest = Newest[Order]()
        self._untold: deque[Payload] = deque(maxlen=MOST_UNTOLD)
        self._asked = False

    def order(self, order: Order) -> bool:
        """Send this one; True when another is given up for it."""
        return self._newest.put(order)

    def ask(self) -> None:
        """The central system wants to hear how it stands."""
        self._asked = True

    async def next(self, *, accepted: bool) -> Saying | None:
        if self._untold and accepted:
            return self._saying(self._untold[0], self._told)
        if self._asked:
            now = self._newest.under_way
            payload = self._payload("idle", None) if now is None else self._payload("uploading", now)
            return self._saying(payload, self._answered)
        return None

    async def run(self) -> None:
        """Do what is ordered, until cancelled."""
        await self._newest.run(self._carry_out)

    async def _carry_out(self, order: Order) -> None:
        self._tell("uploading", order)
        said = INSIDE
        try:
            content = await order.content()
            for left in range(order.tries - 1, -1, -1):
                try:
                    await self._send(order.target, order.name, content)
                except Undelivered as failed:
                    said = str(failed)
                else:
                    self._end("uploaded", order, "")
                    return
                if left:
                    await self._waits.sleep(order.pause_s)
        except Exception:
            log.exception("%s could not be sent", order.name)
            said = INSIDE
        self._end("failed", order, said)

    def _end(self, state: State, order: Order, said: str) -> None:
        self._newest.under_way = None
        text = f"to {order.target.host}{': ' if said else ''}{said}"
        self._note(Note(kind="event", action=f"{self._words.subject}_{state}", subject=order.name, text=text))
        self._tell(state, order)

    def _tell(self, state: State, order: Order) -> None:
        self._untold.append(self._payload(state, order))
        self._attention()

    def _payload(self, state: State, order: Order | None) -> Payload:
        payload: dict[str, object] = {"status": self._words.states[state]}
        if order is not None and order.number is not None:
            payload["requestId"] = order.number
        return payload

    def _saying(self, payload: Payload, said: Callable[[object], Awaitable[None]]) -> Saying:
        return Saying(action=self._words.action, payload=payload, answered=said, failed=said)

    async def _told(self, _: object) -> None:
        self._untold.popleft()
        self._asked = False

    async def _answered(self, _: object) -> None:
        self._asked = False
