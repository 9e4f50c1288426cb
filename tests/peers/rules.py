"""What OCPP 1.6 demands beyond the shape of single messages, held against everything that a station sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

CODES = frozenset({
    "NotImplemented", "NotSupported", "InternalError", "ProtocolError", "SecurityError", "FormationViolation",
    "PropertyConstraintViolation", "OccurenceConstraintViolation", "TypeConstraintViolation", "GenericError",
})  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
OF_THE_STATION = frozenset({"Available", "Unavailable", "Faulted"})
REGISTER = "Energy.Active.Import.Register"


class Judge:
    """Reads the facts of one station in their order and collects what is against the rules."""

    def __init__(self) -> None:
        self.breaches: list[str] = []
        self._standing = ""
        self._triggered: set[str] = set()
        self._meters: dict[int, int] = {}
        """Wh told last, by the number of each transaction that has begun and not ended."""
        self._heard: dict[str, tuple[str, Mapping[str, Any]]] = {}
        """Every call so far; one that comes again word for word after a death is that same message."""
        self._connected()

    def read(self, fact: Mapping[str, Any]) -> None:
        if fact["fact"] == "connected":
            self._connected()
        if fact["fact"] != "message":
            return
        try:
            frame = json.loads(fact["message"])
        except (ValueError, RecursionError):
            return
        match fact["outbound"], frame:
            case False, [2, str(id), str(action), dict(payload)]:
                self._call(id, action, payload)
            case False, [3, str(), dict()]:
                pass
            case False, [4, str(), str(code), str(words), dict()] if code in CODES and len(words) <= 255:
                pass
            case False, _:
                self._breach("frame", str(frame)[:100])
            case True, [3, str(id), dict(payload)] if id in self._calls:
                self._answer(id, payload)
            case True, [4, str(id), *_] if id in self._calls:
                self._answered(id)
            case True, [
                2,
                str(),
                "TriggerMessage" | "ExtendedTriggerMessage",
                {"requestedMessage": str(what)},
            ]:
                self._triggered.add(what)

    def _connected(self) -> None:
        self._calls: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self._overtaken: dict[str, str | None] = {}
        """By the id of each call without an answer: what was called after it."""

    def _breach(self, rule: str, what: object) -> None:
        self.breaches.append(f"{rule}: {what}")

    def _call(self, id: str, action: str, payload: Mapping[str, Any]) -> None:  # noqa: A002 - the protocol's word
        if id in self._calls or not 1 <= len(id) <= 36:
            self._breach("an id of 1 to 36 characters, new on its connection", id)
        self._overtaken = {**dict.fromkeys(self._overtaken, action), id: None}
        allowed = action == "BootNotification" or action in self._triggered
        if self._standing != "Accepted" and not allowed:
            self._breach(f"nothing but what was triggered while {self._standing or 'unknown'}", action)
        self._calls[id] = action, payload
        if self._heard.get(id) != self._calls[id]:
            self._heard[id] = self._calls[id]
            self._of_charges(action, payload)
        for moment in _all(payload, "timestamp"):
            if not MOMENT.fullmatch(moment):
                self._breach("moments are ISO 8601 in UTC", moment)
        for value in _all(payload, "sampledValue"):
            for each in value:
                if not NUMBER.fullmatch(each["value"]):
                    self._breach("values are decimal numbers", each)
        of_station = action == "StatusNotification" and payload["connectorId"] == 0
        if of_station and payload["status"] not in OF_THE_STATION:
            self._breach("a status of the station", payload["status"])

    def _of_charges(self, action: str, payload: Mapping[str, Any]) -> None:
        if action not in {"MeterValues", "StopTransaction"} or "transactionId" not in payload:
            return
        number = payload["transactionId"]
        if number not in self._meters:
            self._breach(f"{action} of a transaction that is open", number)
            return
        told = [payload["meterStop"]] if "meterStop" in payload else []
        for values in _all(payload, "sampledValue"):
            told += [
                int(float(each["value"])) for each in values if each.get("measurand", REGISTER) == REGISTER
            ]
        for meter in told:
            if meter < self._meters[number]:
                self._breach("a register that only grows", f"{self._meters[number]} {action} {meter}")
            self._meters[number] = meter

    def _answered(self, id: str) -> None:  # noqa: A002 - the protocol's word
        """Who does not wait for an answer that comes has two calls open; one that never comes is given up."""
        after = self._overtaken.pop(id, None)
        if after is not None:
            self._breach("one call at a time", f"{after} before the answer to {self._calls[id][0]}")

    def _answer(self, id: str, payload: Mapping[str, Any]) -> None:  # noqa: A002 - the protocol's word
        self._answered(id)
        action, asked = self._calls[id]
        if action == "BootNotification":
            self._standing = str(payload.get("status"))
        elif action == "StartTransaction" and type(payload.get("transactionId")) is int:
            self._meters.setdefault(payload["transactionId"], asked["meterStart"])
        elif action == "StopTransaction":
            self._meters.pop(asked["transactionId"], None)


def breaches(facts: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a station has done that the rules do not allow."""
    judge = Judge()
    for fact in facts:
        judge.read(fact)
    return judge.breaches


def _all(value: object, key: str) -> Iterable[Any]:
    """Every value of a key, however deep."""
    match value:
        case dict():
            for name, each in value.items():
                if name == key:
                    yield each
                yield from _all(each, key)
        case list():
            for each in value:
                yield from _all(each, key)
