"""Garbage collection that nobody at a console feels.

A full collection stops the process for some 30 ms a console. What survives one is therefore left out of the
next ones, so that these look at new objects only and may come often; all of it is gone through while nobody
is there, or when so many sessions have ended that their remains weigh more than a short wait.
"""

from __future__ import annotations

import gc
from typing import Any

OLDEST = 2
PYTHONS_OWN = (700, 10, 10)
OFTEN = (700, 10, 1)
"""Small heaps of new objects, gone through often: each key of a session leaves some hundred in cycles."""
MOST_ENDED = 16
"""Ended sessions, at some 9 MB each, that may wait until nobody is there."""


def _leave_out_survivors(phase: str, found: dict[str, Any]) -> None:
    if phase == "stop" and found["generation"] == OLDEST:
        gc.freeze()


class GarbageCollection:
    """From `begin` to `end`; `ended` counts sessions that have ended since the last complete collection."""

    def __init__(self) -> None:
        self.ended = 0

    def begin(self) -> None:
        """Collect all there is now, and leave survivors out from now on."""
        if _leave_out_survivors not in gc.callbacks:
            gc.callbacks.append(_leave_out_survivors)
        gc.set_threshold(*OFTEN)
        gc.collect()

    def end(self) -> None:
        """Collect as Python does by itself again."""
        if _leave_out_survivors in gc.callbacks:
            gc.callbacks.remove(_leave_out_survivors)
        gc.set_threshold(*PYTHONS_OWN)
        gc.unfreeze()

    def collect_all(self, *, idle: bool) -> bool:
        """Go through everything if now is the time; True when it was."""
        if not self.ended or not (idle or self.ended >= MOST_ENDED):
            return False
        gc.unfreeze()
        gc.collect()
        self.ended = 0
        return True
