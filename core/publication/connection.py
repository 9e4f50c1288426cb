"""Testing the way to the server, step by step, without delivering anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from core.errors import Busy
from core.publication.parcel import Step
from core.publication.proposed import Reader
from core.publication.sending import PROTOCOL, MakeTransport
from core.values.publication import ConnectionTest

LONGEST_TEST = 330.0
"""s; a transport that has not come to an end by then has lost its server."""


class Testing:
    """Tests one connection at a time and tells of every step."""

    def __init__(self, make_transport: MakeTransport, changed: Callable[[], None]) -> None:
        self._make_transport = make_transport
        self._changed = changed
        self.last: ConnectionTest | None = None
        """The test that runs, or the last one since the start."""

    async def test(self, settings: Reader) -> ConnectionTest:
        """Try the way to the server of these settings. Raises Busy while another test runs."""
        if self.last is not None and self.last.ok is None:
            raise Busy("The connection is being tested already. Wait for the end of that test.")
        self._tell(ConnectionTest(protocol=settings.text(PROTOCOL)))
        ok = False
        try:
            async with asyncio.timeout(LONGEST_TEST):
                ok = await self._make_transport(settings).test(self._told)
        except TimeoutError:
            self._told(Step(name="Test", ok=False, said="The server did not come to an end."))
        finally:
            done = self._tell(msgspec.structs.replace(self._now, ok=ok))
        return done

    @property
    def _now(self) -> ConnectionTest:
        return self.last or ConnectionTest(protocol="")

    def _told(self, step: Step) -> None:
        self._tell(msgspec.structs.replace(self._now, steps=(*self._now.steps, step)))

    def _tell(self, test: ConnectionTest) -> ConnectionTest:
        self.last = test
        self._changed()
        return test
