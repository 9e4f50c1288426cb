"""Frames on the socket: four bytes of length, then JSON."""

from __future__ import annotations

import asyncio

import msgspec

from core.errors import ERRORS_BY_CODE, Problem, StationError

LENGTH_BYTES = 4
LARGEST_CALL = 8 * 1024 * 1024
LARGEST_ANSWER = 64 * 1024 * 1024


class Call(msgspec.Struct, frozen=True, kw_only=True, tag="call"):
    """A method is called; `door` is `entrance` or `station`."""

    id: int
    door: str
    method: str
    arguments: msgspec.Raw


class Cancel(msgspec.Struct, frozen=True, kw_only=True, tag="cancel"):
    """Nobody waits for the call's answer any more."""

    id: int


class Answer(msgspec.Struct, frozen=True, kw_only=True, tag="answer"):
    id: int
    result: msgspec.Raw


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag="fact"):
    """One event of a call that gives many."""

    id: int
    event: msgspec.Raw


class Refusal(msgspec.Struct, frozen=True, kw_only=True, tag="refusal"):
    """The call raised an error of the station."""

    id: int
    code: str
    template: str
    values: dict[str, str]
    key: str | None
    problems: tuple[Problem, ...]
    details: dict[str, str]


FromClient = Call | Cancel
FromServer = Answer | Fact | Refusal


class BadFrame(Exception):
    """What came is not a frame, or is too large."""


def refusal(call: int, error: StationError) -> Refusal:
    """Return an error as it travels."""
    return Refusal(
        id=call,
        code=error.code,
        template=error.template,
        values=error.values,
        key=error.key,
        problems=error.problems,
        details=error.details,
    )


def error_of(refused: Refusal) -> StationError:
    """Return the error that travelled, of its own class; one that is not known here becomes StationError."""
    kind = ERRORS_BY_CODE.get(refused.code, StationError)
    error = kind(refused.template, key=refused.key, problems=refused.problems, details=refused.details)
    error.values = dict(refused.values)
    return error


def frame(message: FromClient | FromServer) -> bytes:
    """Return a message with its length."""
    body = msgspec.json.encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


async def read_frame(reader: asyncio.StreamReader, *, largest: int) -> bytes | None:
    """Return the next frame's JSON; None at the end. Raises BadFrame."""
    try:
        length = int.from_bytes(await reader.readexactly(LENGTH_BYTES), "big")
        if length > largest:
            raise BadFrame(f"a frame of {length} bytes; at most {largest} are taken")
        return await reader.readexactly(length)
    except asyncio.IncompleteReadError as cut:
        if cut.partial:
            raise BadFrame("a frame was cut short") from None
        return None
    except ConnectionError:
        return None
