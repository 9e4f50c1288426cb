"""The one form of zip archive that a package may have: every byte of its framing follows from its parts.

Parts are stored, not compressed, one after the other from the first byte on, without extra fields, comments,
flags, folders or links. A reader of it has nothing to interpret, so that two readers cannot understand it
differently, and nothing to expand.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import msgspec

from core.errors import Invalid

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
NEEDS_VERSION = 20
MADE_BY = 3 << 8 | NEEDS_VERSION
DAY = 1 << 5 | 1
"""1 January 1980."""
PLAIN_FILE = 0o100600 << 16
MOST_PARTS = 8
LONGEST_NAME = 32
CHUNK = 1 << 20

_NAME = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9]+)?")

NOT_A_PACKAGE = "This file is no firmware package: {reason}."


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the archive: its plain name, where its content is and how long, and its CRC-32."""

    name: str
    at: int
    size: int
    crc: int


def read_members(file: BinaryIO, size: int) -> Mapping[str, Member]:
    """The files of an archive of `size` bytes, by name. Raises Invalid for any other form."""
    directory = _directory(file, size)
    members: dict[str, Member] = {}
    at = 0
    while directory:
        member, length = _entry(directory, at)
        if member.name in members:
            raise Invalid(NOT_A_PACKAGE, reason=f"it has two files called {member.name}")
        members[member.name] = member
        at = member.at + member.size
        directory = directory[length:]
    if at + sum(len(_central(each)) for each in members.values()) + END.size != size:
        raise _refused("it holds more than its files")
    for member in members.values():
        if _read(file, _start(member), member.at - _start(member)) != _local(member):
            raise _refused("the head of a file does not fit")
    return members


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The archive of these files, in this order."""
    heads, body = b"", b""
    count = 0
    for name, content in parts:
        at = len(body) + LOCAL.size + len(name)
        member = Member(name=name, at=at, size=len(content), crc=zlib.crc32(content))
        body += _local(member) + content
        heads += _central(member)
        count += 1
    return body + heads + END.pack(b"PK\x05\x06", 0, 0, count, count, len(heads), len(body), 0)


def _refused(reason: str) -> Invalid:
    return Invalid(NOT_A_PACKAGE, reason=reason)


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    return os.pread(file.fileno(), length, at)


def _directory(file: BinaryIO, size: int) -> bytes:
    if size < END.size:
        raise _refused("it is too short")
    end = _read(file, size - END.size, END.size)
    if end[:4] != b"PK\x05\x06":
        raise _refused("it does not end like a zip archive; it may have come only in part")
    _magic, disk, first, here, count, length, begin, comment = END.unpack(end)
    if (disk, first, comment) != (0, 0, 0) or here != count or not 1 <= count <= MOST_PARTS:
        raise _refused(f"it has other contents than 1 to {MOST_PARTS} files")
    if begin + length + END.size != size or length > count * (CENTRAL.size + LONGEST_NAME):
        raise _refused("its list of files does not fit")
    return _read(file, begin, length)


def _entry(directory: bytes, at: int) -> tuple[Member, int]:
    """The first entry of what is left of the list; the file before it has ended at `at`."""
    if len(directory) < CENTRAL.size:
        raise _refused("its list of files was cut")
    fields = CENTRAL.unpack_from(directory)
    method, crc, stored, size, length = fields[4], fields[7], fields[8], fields[9], fields[10]
    raw = directory[CENTRAL.size : CENTRAL.size + length]
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError:
        name = ""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise _refused("a file in it has a name, a folder or a path that no part has")
    if method != 0 or stored != size:
        raise _refused("its files are compressed; a package holds them as they are")
    member = Member(name=name, at=at + LOCAL.size + length, size=size, crc=crc)
    expected = _central(member)
    if directory[: len(expected)] != expected:
        raise _refused(f"{name} is not an ordinary file")
    return member, len(expected)


def _start(member: Member) -> int:
    return member.at - LOCAL.size - len(member.name)


def _local(member: Member) -> bytes:
    name, size = member.name.encode(), member.size
    head = LOCAL.pack(b"PK\x03\x04", NEEDS_VERSION, 0, 0, 0, DAY, member.crc, size, size, len(name), 0)
    return head + name


def _central(member: Member) -> bytes:
    name, size, start = member.name.encode(), member.size, _start(member)
    head = CENTRAL.pack(
        b"PK\x01\x02", MADE_BY, NEEDS_VERSION, 0, 0, 0, DAY, member.crc, size, size,
        len(name), 0, 0, 0, 0, PLAIN_FILE, start,
    )  # fmt: skip
    return head + name
