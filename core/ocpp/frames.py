"""The frames of OCPP-J: calls, results and errors as text (OCPP-J 1.6, 4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

Payload = Mapping[str, Any]
"""What a call or a result carries, as JSON has it."""

CALL, RESULT, ERROR = 2, 3, 4
LONGEST_ID = 36
LONGEST_DESCRIPTION = 255
HIGHEST_INTEGER = 2**63 - 1
DEEPEST = 16


class Code(StrEnum):
    """Why a call was not done (OCPP-J 1.6, table 7); two are misspelled there, and stay so by its errata."""

    NOT_IMPLEMENTED = "NotImplemented"
    NOT_SUPPORTED = "NotSupported"
    INTERNAL = "InternalError"
    PROTOCOL = "ProtocolError"
    SECURITY = "SecurityError"
    FORMATION = "FormationViolation"
    PROPERTY = "PropertyConstraintViolation"
    OCCURRENCE = "OccurenceConstraintViolation"
    TYPE = "TypeConstraintViolation"
    GENERIC = "GenericError"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    action: str
    payload: Payload


class Result(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    payload: Payload


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was not done."""

    id: str
    code: str
    description: str = ""


Frame = Call | Result | Failure


class Malformed(Exception):
    """A frame that means nothing. `id` is that of a call that can be answered so, else None."""

    def __init__(self, said: str, *, code: Code = Code.FORMATION, id: str | None = None) -> None:  # noqa: A002
        super().__init__(said)
        self.said = said
        self.code = code
        self.id = id


def read_frame(text: str | bytes) -> Frame:
    """What a frame says. Raises Malformed."""
    if isinstance(text, bytes):
        raise Malformed("a binary frame")
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Malformed("not JSON") from None
    match found:
        case [2 | 3 | 4 as kind, str(id), *rest] if type(kind) is int and 0 < len(id) <= LONGEST_ID:
            return _of_kind(kind, id, rest)
        case [2 | 3 | 4, *_]:
            raise Malformed("no message id of 1 to 36 characters")
        case [*_]:
            raise Malformed("no known message type")
        case _:
            raise Malformed("not a JSON array")


def _of_kind(kind: int, id: str, rest: Sequence[Any]) -> Frame:  # noqa: A002
    match kind, rest:
        case 2, [str(action), dict(payload)]:
            if not _is_modest(payload):
                raise Malformed("beyond 64 bits, or nested too deeply", code=Code.PROPERTY, id=id)
            return Call(id=id, action=action, payload=payload)
        case 3, [dict(payload)] if _is_modest(payload):
            return Result(id=id, payload=payload)
        case 4, [str(code), *details]:
            description = details[0] if details and isinstance(details[0], str) else ""
            return Failure(id=id, code=code, description=description)
        case 2, [str(), _]:
            raise Malformed("the payload is not a JSON object", code=Code.TYPE, id=id)
        case 2, _:
            raise Malformed("a call is [2, id, action, payload]", id=id)
        case _:
            raise Malformed("an answer without its content")


def _is_modest(value: object, depth: int = 0) -> bool:
    """No whole number that nothing in the station can hold, and no deeper nesting than OCPP has."""
    match value:
        case int():
            return abs(value) <= HIGHEST_INTEGER
        case dict():
            return depth < DEEPEST and all(_is_modest(each, depth + 1) for each in value.values())
        case list():
            return depth < DEEPEST and all(_is_modest(each, depth + 1) for each in value)
        case _:
            return True


def written(frame: Frame) -> str:
    """The text of a frame."""
    return msgspec.json.encode(_parts(frame)).decode()


def _parts(frame: Frame) -> Sequence[object]:
    match frame:
        case Call():
            return CALL, frame.id, frame.action, frame.payload
        case Result():
            return RESULT, frame.id, frame.payload
        case Failure():
            return ERROR, frame.id, frame.code, frame.description[:LONGEST_DESCRIPTION], {}
