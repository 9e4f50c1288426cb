"""Payloads held against the JSON schemas of OCPP 1.6, in both directions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import msgspec
from jsonschema import ValidationError
from ocpp.messages import MessageType, get_validator

from core.ocpp.frames import Code, Payload

Direction = Literal["call", "result"]
TYPES: Mapping[Direction, int] = {"call": MessageType.Call, "result": MessageType.CallResult}

CODES: Mapping[str, Code] = {
    "type": Code.TYPE,
    "additionalProperties": Code.FORMATION,
    "required": Code.PROTOCOL,
    "minItems": Code.OCCURRENCE,
    "maxItems": Code.OCCURRENCE,
}
"""By the word of the schema that does not hold; anything else is a value that is not allowed."""


class Unfit(Exception):
    """A payload that its schema does not allow; says where, and never what stood there."""

    def __init__(self, code: Code, said: str) -> None:
        super().__init__(said)
        self.code = code
        self.said = said


def check(direction: Direction, action: str, payload: Payload) -> None:
    """Raises Unfit. `action` is one that OCPP 1.6 has."""
    # One place behind the point is exact only in decimals.
    validator = get_validator(TYPES[direction], action, "1.6", parse_float=Decimal)
    exact = json.loads(msgspec.json.encode(payload), parse_float=Decimal)
    try:
        validator.validate(exact)
    except ValidationError as fault:
        raise _unfit(fault) from None


def understood(action: str, payload: Payload) -> Payload:
    """What an answer of the central system says, without what means nothing. Raises Unfit.

    Many write `null` for what they leave out, or add words of their own: a charge that they have taken is not
    to be told again for that.
    """
    meant: Payload = _without_nulls(payload)
    validator = get_validator(TYPES["result"], action, "1.6", parse_float=Decimal)
    exact = json.loads(msgspec.json.encode(meant), parse_float=Decimal)
    for fault in validator.iter_errors(exact):
        if fault.validator != "additionalProperties":
            raise _unfit(fault)
    return meant


def _without_nulls(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_nulls(each) for name, each in value.items() if each is not None}
        case list():
            return [_without_nulls(each) for each in value]
        case _:
            return value


def _unfit(fault: ValidationError) -> Unfit:
    place = "/".join(str(step) for step in fault.absolute_path) or "the payload"
    return Unfit(CODES.get(str(fault.validator), Code.PROPERTY), f"{place}: {fault.validator}")
