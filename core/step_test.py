"""A test of the way to a server, told step by step: one at a time, the last one kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from core.errors import Busy
from core.values.publication import ConnectionTest, Step

Told = Callable[[Step], None]
Way = Callable[[Told], Awaitable[bool]]
"""Goes the way, tells of each step, and gives whether it leads there."""


class StepTest:
    """`changed` hears of every step; `busy` is what somebody is told who asks while a test runs."""

    def __init__(self, changed: Callable[[], None], busy: str) -> None:
        self._changed = changed
        self._busy = busy
        self.last: ConnectionTest | None = None
        """The test that runs, or the last one since the start."""

    def refuse_another(self) -> None:
        """Raises Busy while a test runs."""
        if self.last is not None and self.last.ok is None:
            raise Busy(self._busy)

    async def run(self, protocol: str, way: Way) -> ConnectionTest:
        """Go the way to its end, or until a step fails. Raises Busy while another test runs."""
        self.refuse_another()
        test = self._tell(ConnectionTest(protocol=protocol))

        def told(step: Step) -> None:
            nonlocal test
            test = self._tell(msgspec.structs.replace(test, steps=(*test.steps, step)))

        ok = False
        try:
            ok = await way(told)
        finally:
            test = self._tell(msgspec.structs.replace(test, ok=ok))
        return test

    def _tell(self, test: ConnectionTest) -> ConnectionTest:
        self.last = test
        self._changed()
        return test
