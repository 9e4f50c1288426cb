"""Testing a time server step by step, without setting the clock."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from core.clock import Clock
from core.errors import Busy
from core.timekeeping.measuring import Manners, Unanswered, measure
from core.values.publication import ConnectionTest, Step


class Testing:
    """Tests one server at a time; `changed` hears of every step."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.last: ConnectionTest | None = None
        """The test that runs, or the last one since the start."""

    async def test(self, host: str, port: int, manners: Manners, clock: Clock) -> ConnectionTest:
        """Ask the server and compare its time with the station's. Raises Busy while another test runs."""
        if self.last is not None and self.last.ok is None:
            raise Busy("The time server is being tested already. Wait for the end of that test.")
        self._tell(ConnectionTest(protocol="ntp"))
        ok = False
        try:
            found = await measure(host, port, manners, self._told)
            offset = found.ahead + time.monotonic() - clock.now().timestamp()
            within = max(1, round(found.delay * 500))
            self._told(
                Step(name="Its clock", ok=True, said=f"stratum {found.stratum}, right within {within} ms")
            )
            self._told(Step(name="Compare", ok=True, said=offset_words(offset)))
            ok = True
        except Unanswered:
            pass
        finally:
            done = self._tell(msgspec.structs.replace(self._now, ok=ok))
        return done

    @property
    def _now(self) -> ConnectionTest:
        return self.last or ConnectionTest(protocol="ntp")

    def _told(self, step: Step) -> None:
        self._tell(msgspec.structs.replace(self._now, steps=(*self._now.steps, step)))

    def _tell(self, test: ConnectionTest) -> ConnectionTest:
        self.last = test
        self._changed()
        return test


def offset_words(offset: float) -> str:
    """How the station's clock stands; `offset` s is the server's time less its own."""
    if abs(offset) < 0.01:
        return "the station's clock is right"
    side = "behind" if offset > 0 else "ahead"
    return f"the station's clock is {abs(offset):.2f} s {side}"
