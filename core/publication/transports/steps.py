"""The steps on the way to a server: told one by one, ended by the first that fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from core.publication.parcel import Step, Undelivered

FIND, CONNECT, GREETING = "Find the server", "Connect", "Greeting"
ENCRYPT, CERTIFICATE, LOG_IN, SEND = "Encrypt", "Certificate", "Log in", "Send the file"


class Said:
    """What a step that went well says; set it while the step runs."""

    def __init__(self, text: str) -> None:
        self.text = text


class Steps:
    """`explain` gives the words for a fault at a step; `faults` are the kinds of fault that end a step.

    Set `handed_over` when the last of the content is on its way: from then on, and until the server
    answers, nobody knows whether it has it.
    """

    def __init__(
        self,
        told: Callable[[Step], None],
        *,
        explain: Callable[[str, BaseException], str],
        faults: tuple[type[BaseException], ...],
    ) -> None:
        self._told = told
        self._explain = explain
        self._faults = faults
        self._current = FIND
        self.handed_over = False

    def at(self, name: str) -> None:
        """Say which step is under way, for those that are not done in `step`."""
        self._current = name

    def passed(self, name: str, said: str) -> None:
        self._told(Step(name=name, ok=True, said=said))

    def undelivered(self, name: str, said: str) -> Undelivered:
        return Undelivered(step=name, said=said, certain=not self.handed_over)

    def failed(self, name: str, fault: BaseException) -> Undelivered:
        return self.undelivered(name, self._explain(name, fault))

    @contextmanager
    def step(self, name: str, said: str) -> Iterator[Said]:
        """Do one step, said to be `said` when it went well. Raises Undelivered."""
        self.at(name)
        outcome = Said(said)
        try:
            yield outcome
        except Undelivered:
            raise
        except self._faults as fault:
            # Without its cause: a server may repeat what it was told, the password too.
            raise self.failed(name, fault) from None
        self.passed(name, outcome.text)

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Bound all steps together. Raises Undelivered."""
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            said = f"Not done within {seconds:.0f} s. The server or the way to it is too slow."
            raise self.undelivered(self._current, said) from None
