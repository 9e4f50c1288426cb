"""How a running station comes to its end: stopped by its owner, or to start again."""

from __future__ import annotations

import asyncio
from typing import Literal

from core.values.control import WaitingRestart

End = Literal["stop", "restart"]


class Ending:
    """Asked for at most once; the first wins. `waiting` is a restart that waits for the end of a charge."""

    def __init__(self) -> None:
        self.is_restarting = False
        self.waiting: WaitingRestart | None = None
        self._asked: asyncio.Future[End] = asyncio.get_running_loop().create_future()

    def ask(self, how: End) -> None:
        """Say how it shall end."""
        if not self._asked.done():
            self._asked.set_result(how)

    async def asked(self) -> End:
        """Wait until an end is asked for."""
        return await asyncio.shield(self._asked)
