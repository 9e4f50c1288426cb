"""Asking the central system about badges."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from core.badges.verdict import Verdict
from core.charge_points.authority import NoAnswer
from core.ocpp.frames import Payload
from core.ocpp.id_tags import read_verdict
from core.ocpp.topic import Saying

AUTHORIZE = "Authorize"
LOST = "The supervision cannot be reached"


class Authorising:
    """Implements `Authority`.

    `is_up` says whether the link is there, `attention` that somebody asks; `find` looks into the list that
    the central system has sent.
    """

    def __init__(
        self,
        is_up: Callable[[], bool],
        attention: Callable[[], None],
        find: Callable[[str], Awaitable[Verdict | None]],
    ) -> None:
        self._find = find
        self._is_up = is_up
        self._attention = attention
        self._asked: deque[tuple[str, asyncio.Future[Verdict]]] = deque()

    @property
    def linked(self) -> bool:
        """It can be asked now."""
        return self._is_up()

    async def authorise(self, uid: str, _point: int | None) -> Verdict:
        """Ask whether a badge may charge. Raises NoAnswer."""
        if not self.linked:
            raise NoAnswer(LOST)
        answered: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._asked.append((uid, answered))
        self._attention()
        try:
            return await answered
        finally:
            self._asked = deque(each for each in self._asked if each[1] is not answered)

    async def listed(self, uid: str) -> Verdict | None:
        """What the list of badges that was sent says. Asks nobody."""
        return await self._find(uid)

    def lost(self) -> None:
        """The connection has ended: nobody is answered any more."""
        for _, answered in self._asked:
            if not answered.done():
                answered.set_exception(NoAnswer(LOST))

    async def next(self, *, accepted: bool) -> Saying | None:
        asked = next((each for each in self._asked if not each[1].done()), None)
        if asked is None or not accepted:
            return None
        uid, waiting = asked

        async def answered(answer: Payload) -> None:
            if not waiting.done():
                waiting.set_result(read_verdict(answer["idTagInfo"]))

        async def failed(_code: str) -> None:
            if not waiting.done():
                waiting.set_exception(NoAnswer("The supervision gives no answer about badge {uid}", uid=uid))

        return Saying(action=AUTHORIZE, payload={"idTag": uid}, answered=answered, failed=failed)
