"""The packets of SFTP version 3 (draft-ietf-secsh-filexfer-02): requests read, answers written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Any, Final

VERSION: Final = 3
LONGEST_PACKET: Final = 256 * 1024
LONGEST_READ: Final = 128 * 1024
"""Bytes of one answer to a read; a shorter answer than asked for is allowed."""


class Malformed(Exception):
    """Bytes that are no packet of the protocol."""


class Kind(IntEnum):
    """The requests that mean something here."""

    INIT = 1
    OPEN = 3
    CLOSE = 4
    READ = 5
    WRITE = 6
    LSTAT = 7
    FSTAT = 8
    SETSTAT = 9
    FSETSTAT = 10
    OPENDIR = 11
    READDIR = 12
    REMOVE = 13
    MKDIR = 14
    RMDIR = 15
    REALPATH = 16
    STAT = 17
    RENAME = 18
    READLINK = 19
    SYMLINK = 20


class Code(IntEnum):
    """How a request ended."""

    OK = 0
    EOF = 1
    NO_SUCH_FILE = 2
    PERMISSION_DENIED = 3
    FAILURE = 4
    BAD_MESSAGE = 5
    OP_UNSUPPORTED = 8


class Flag(IntFlag):
    """How a file is opened."""

    READ = 1
    WRITE = 2
    APPEND = 4
    CREAT = 8
    TRUNC = 16
    EXCL = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Attributes:
    """What is known or wanted of a file; `at` is its time in seconds since 1970."""

    size: int | None = None
    ownership: bool = False
    permissions: int | None = None
    at: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A request; what its kind does not have is empty, and `number` of INIT is its version.

    `kind` may be none of Kind.
    """

    kind: int
    number: int
    path: bytes = b""
    handle: bytes = b""
    flags: int = 0
    offset: int = 0
    length: int = 0
    content: bytes = b""
    attributes: Attributes = Attributes()


class BadRequest(Malformed):
    """A request whose number is known, so that it can be answered."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _Cursor:
    """Reads a packet from front to back; raises Malformed at its end."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet
        self._at = 0

    def take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._packet):
            raise Malformed
        taken = self._packet[self._at : end]
        self._at = end
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def text(self) -> bytes:
        return self.take(self.number(4))

    @property
    def is_done(self) -> bool:
        return self._at == len(self._packet)


_SIZE, _OWNERS, _PERMISSIONS, _TIMES, _EXTENDED = 1, 2, 4, 8, 0x80000000
_KNOWN = _SIZE | _OWNERS | _PERMISSIONS | _TIMES | _EXTENDED


def _attributes(cursor: _Cursor) -> Attributes:
    flags = cursor.number(4)
    if flags & ~_KNOWN:
        raise Malformed
    size = cursor.number(8) if flags & _SIZE else None
    if flags & _OWNERS:
        cursor.take(8)
    permissions = cursor.number(4) if flags & _PERMISSIONS else None
    at = cursor.number(8) & 0xFFFFFFFF if flags & _TIMES else None
    if flags & _EXTENDED:
        for _index in range(2 * cursor.number(4)):
            cursor.text()
    return Attributes(size=size, ownership=bool(flags & _OWNERS), permissions=permissions, at=at)


_FIELDS: Final[Mapping[str, Callable[[_Cursor], Any]]] = {
    "path": _Cursor.text,
    "handle": _Cursor.text,
    "content": _Cursor.text,
    "flags": lambda cursor: cursor.number(4),
    "length": lambda cursor: cursor.number(4),
    "offset": lambda cursor: cursor.number(8),
    "attributes": _attributes,
}
_REQUESTS: Final[Mapping[int, tuple[str, ...]]] = {
    Kind.OPEN: ("path", "flags", "attributes"),
    Kind.CLOSE: ("handle",),
    Kind.READ: ("handle", "offset", "length"),
    Kind.WRITE: ("handle", "offset", "content"),
    Kind.LSTAT: ("path",),
    Kind.FSTAT: ("handle",),
    Kind.SETSTAT: ("path", "attributes"),
    Kind.FSETSTAT: ("handle", "attributes"),
    Kind.OPENDIR: ("path",),
    Kind.READDIR: ("handle",),
    Kind.REMOVE: ("path",),
    Kind.REALPATH: ("path",),
    Kind.STAT: ("path",),
}


def take_packet(arrived: bytearray) -> bytes | None:
    """Take the next packet off what arrived; None while it is not whole. Raises Malformed."""
    if len(arrived) < 4:
        return None
    length = int.from_bytes(arrived[:4], "big")
    if not 0 < length <= LONGEST_PACKET:
        raise Malformed
    if len(arrived) < 4 + length:
        return None
    packet = bytes(arrived[4 : 4 + length])
    del arrived[: 4 + length]
    return packet


def read_request(packet: bytes) -> Request:
    """Raises Malformed; BadRequest where the request can still be answered."""
    cursor = _Cursor(packet)
    kind = cursor.number(1)
    number = cursor.number(4)
    names = _REQUESTS.get(kind)
    if names is None:
        return Request(kind=kind, number=number)
    try:
        values = {name: _FIELDS[name](cursor) for name in names}
    except Malformed:
        raise BadRequest(number) from None
    if not cursor.is_done:
        raise BadRequest(number)
    return Request(kind=kind, number=number, **values)


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def _text(value: bytes) -> bytes:
    return _number(len(value)) + value


def _packet(kind: int, *parts: bytes) -> bytes:
    return _text(bytes([kind]) + b"".join(parts))


def _packed(attributes: Attributes) -> bytes:
    flags, parts = 0, b""
    if attributes.size is not None:
        flags, parts = flags | _SIZE, parts + attributes.size.to_bytes(8, "big")
    if attributes.permissions is not None:
        flags, parts = flags | _PERMISSIONS, parts + _number(attributes.permissions)
    if attributes.at is not None:
        flags, parts = flags | _TIMES, parts + 2 * _number(min(max(attributes.at, 0), 0xFFFFFFFF))
    return _number(flags) + parts


def version() -> bytes:
    """No extensions: what is not announced is not asked for."""
    return _packet(2, _number(VERSION))


def status(number: int, code: Code, words: str = "") -> bytes:
    return _packet(101, _number(number), _number(code), _text(words.encode()), _text(b"en"))


def handle(number: int, name: bytes) -> bytes:
    return _packet(102, _number(number), _text(name))


def content(number: int, read: bytes) -> bytes:
    return _packet(103, _number(number), _text(read))


def names(number: int, entries: Sequence[tuple[str, str, Attributes]]) -> bytes:
    """`entries` are name, line of a listing, attributes."""
    parts = [
        _text(name.encode()) + _text(line.encode()) + _packed(attributes)
        for name, line, attributes in entries
    ]
    return _packet(104, _number(number), _number(len(parts)), *parts)


def attributes(number: int, known: Attributes) -> bytes:
    return _packet(105, _number(number), _packed(known))
