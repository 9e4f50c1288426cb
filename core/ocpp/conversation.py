"""Calls and answers over one connection: of the station's own calls one at a time."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol

from core.ocpp.frames import Call, Code, Failure, Frame, Malformed, Payload, Result, read_frame, written
from core.ocpp.schemas import Unfit, check, understood
from core.ocpp.seen import Seen
from core.ocpp.waits import Waits

log = logging.getLogger(__name__)

MOST_WAITING = 16
"""Calls of the central system that wait to be answered; beyond that it is no longer read."""


class Gone(Exception):
    """The connection has ended; says how."""


class NotDone(Exception):
    """A call of the station that the central system refused, or answered with nonsense."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(f"{code} {said}".strip())
        self.code = code


class Unanswered(Exception):
    """No answer came in time."""


class Refused(Exception):
    """What the station answers to a call that it does not do."""

    def __init__(self, code: Code, said: str = "") -> None:
        super().__init__(said)
        self.code = code
        self.said = said


class Wire(Protocol):
    """A connection that carries text. Every method raises Gone."""

    async def send(self, text: str) -> None: ...

    async def receive(self) -> str | bytes: ...

    async def pinged(self) -> None:
        """Ask whether the other side is there, and wait until it has answered."""

    async def close(self) -> None: ...

    def abort(self) -> None:
        """End it without waiting for the other side."""


Answer = Callable[[Call], Awaitable[Payload]]
"""Does what a call asks for and returns the payload of its result. Raises Refused."""


class Conversation:
    """One connection from its opening to its end. `heard` is called whenever anything comes over it."""

    def __init__(
        self, wire: Wire, answer: Answer, seen: Seen, waits: Waits, *, heard: Callable[[], None]
    ) -> None:
        self._wire = wire
        self._answer = answer
        self._seen = seen
        self._waits = waits
        self._heard = heard
        self._one_at_a_time = asyncio.Lock()
        self._asked: tuple[str, str] = ("", "")
        self._answered: asyncio.Future[Payload] | None = None
        self._to_answer: asyncio.Queue[Call] = asyncio.Queue(MOST_WAITING)

    async def run(self) -> None:
        """Read and answer until the connection ends. Raises Gone."""
        answering = asyncio.create_task(self._answer_all(), name="answers to the supervision")
        reading = asyncio.create_task(self._read_all(), name="messages of the supervision")
        try:
            await asyncio.wait({answering, reading}, return_when=asyncio.FIRST_COMPLETED)
            for ended in (answering, reading):
                if ended.done():
                    ended.result()
        finally:
            for task in (answering, reading):
                task.cancel()
            await asyncio.gather(answering, reading, return_exceptions=True)

    async def call(self, action: str, payload: Payload, *, within: float, id: str = "") -> Payload:  # noqa: A002
        """Ask the central system and return its answer; `id` where the call may be said again as the same.

        Raises NotDone, Unanswered after `within` station seconds, Gone.
        """
        try:
            check("call", action, payload)
        except Unfit as fault:
            log.exception("the station's own %s is not as OCPP wants it", action)
            raise NotDone(fault.code, fault.said) from None
        async with self._one_at_a_time:
            call = Call(id=id or secrets.token_hex(8), action=action, payload=payload)
            self._asked = (call.id, action)
            self._answered = asyncio.get_running_loop().create_future()
            try:
                await self._send(call, action)
                return await self._waits.within(within, self._answered)
            except TimeoutError:
                raise Unanswered(action) from None
            finally:
                self._answered.cancel()
                self._answered = None

    async def ping(self, *, within: float) -> None:
        """Ask whether the other side is there. Raises Unanswered, Gone."""
        pinged = asyncio.ensure_future(self._wire.pinged())
        try:
            await self._waits.within(within, pinged)
        except TimeoutError:
            raise Unanswered("ping") from None
        finally:
            pinged.cancel()
        self._heard()

    async def close(self) -> None:
        await self._wire.close()

    # ------------------------------------------------------------ what comes

    async def _read_all(self) -> None:
        while True:
            text = await self._wire.receive()
            self._heard()
            try:
                await self._take(read_frame(text))
            except Malformed as fault:
                self._seen.add("in", "malformed", id=fault.id or "", said=fault.said)
                if fault.id is not None:
                    await self._send(Failure(id=fault.id, code=fault.code, description=fault.said))

    async def _take(self, frame: Frame) -> None:
        match frame:
            case Call():
                self._seen.add("in", "call", action=frame.action, id=frame.id)
                await self._to_answer.put(frame)
            case Result():
                self._seen.add("in", "result", action=self._action_of(frame.id), id=frame.id)
                self._take_result(frame)
            case Failure():
                self._seen.add("in", "error", action=self._action_of(frame.id), id=frame.id, said=frame.code)
                if self._is_awaited(frame.id) and self._answered is not None:
                    self._answered.set_exception(NotDone(frame.code, frame.description))

    def _take_result(self, result: Result) -> None:
        if self._answered is None or not self._is_awaited(result.id):
            return
        try:
            payload = understood(self._asked[1], result.payload)
        except Unfit as fault:
            self._seen.add("in", "malformed", action=self._asked[1], id=result.id, said=fault.said)
            self._answered.set_exception(NotDone(fault.code, fault.said))
        else:
            self._answered.set_result(payload)

    def _is_awaited(self, id: str) -> bool:  # noqa: A002
        return self._answered is not None and not self._answered.done() and self._asked[0] == id

    def _action_of(self, id: str) -> str:  # noqa: A002
        return self._asked[1] if self._is_awaited(id) else ""

    # ------------------------------------------------------------ what is answered

    async def _answer_all(self) -> None:
        while True:
            call = await self._to_answer.get()
            await self._send(await self._answer_to(call), call.action)

    async def _answer_to(self, call: Call) -> Frame:
        try:
            # What was begun is finished, whether its answer still arrives or not.
            payload = await asyncio.shield(asyncio.ensure_future(self._answer(call)))
            check("result", call.action, payload)
            return Result(id=call.id, payload=payload)
        except Refused as refused:
            return Failure(id=call.id, code=refused.code, description=refused.said)
        except Exception:
            log.exception("the call %s of the supervision failed inside the station", call.action)
            return Failure(id=call.id, code=Code.INTERNAL, description="The station failed at it.")

    async def _send(self, frame: Frame, action: str = "") -> None:
        match frame:
            case Call():
                self._seen.add("out", "call", action=action, id=frame.id)
            case Result():
                self._seen.add("out", "result", action=action, id=frame.id)
            case Failure():
                self._seen.add("out", "error", action=action, id=frame.id, said=frame.code)
        await self._wire.send(written(frame))
