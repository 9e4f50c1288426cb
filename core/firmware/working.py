"""Work on a package that takes its time: in a thread, one at a time, with its progress announced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from core.errors import Busy
from core.firmware.viewing import Working

T = TypeVar("T")
STEPS = 50
"""So many times progress is announced at most."""
LOOK_EVERY_S = 0.2


class Work:
    """`now` is what is done, `far` how much of it, 0 to 1."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.now: Working = ""
        self.far = 0.0
        self._changed = changed

    def told(self, far: float) -> None:
        """It has come so far; may be called from its thread."""
        self.far = far

    def require_rest(self) -> None:
        """Raises Busy."""
        if self.now:
            raise Busy("A package is being looked at or written now. Try again in a moment.")

    async def do(self, working: Working, work: Callable[[], T]) -> T:
        """Do it in a thread. Raises Busy, and what `work` raises."""
        self.require_rest()
        self.now, self.far = working, 0.0
        task = asyncio.get_running_loop().run_in_executor(None, work)
        announced = -1
        try:
            while not (await asyncio.wait({task}, timeout=LOOK_EVERY_S))[0]:
                if int(self.far * STEPS) != announced:
                    announced = int(self.far * STEPS)
                    self._changed()
            return task.result()
        finally:
            self.now = ""
            self._changed()
