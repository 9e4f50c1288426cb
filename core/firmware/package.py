"""Looks a package through, from its size to the sum of its last part, and gives its parts out again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

import msgspec

from core.errors import Invalid
from core.firmware.archive import CHUNK, NOT_A_PACKAGE, Member, read_members
from core.firmware.keys import signer
from core.firmware.manifest import (
    LARGEST_MANIFEST,
    LARGEST_PACKAGE,
    MANIFEST,
    PART_FILES,
    SIGNATURE,
    SIGNATURE_BYTES,
    Manifest,
    PartName,
    read_manifest,
)

ALTERED = "The part {part} is not what the manifest says: the package was altered or damaged on its way."


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A package that is whole and signed. `digest` is the SHA-256 of its manifest: it names this package."""

    manifest: Manifest
    members: Mapping[str, Member]
    signer: str
    digest: str
    notes: str
    size: int


def look_through(
    file: BinaryIO, trusted: Sequence[bytes], *, told: Callable[[float], None] = lambda _far: None
) -> Looked:
    """Check everything that does not depend on the station but on its keys. Raises Invalid.

    Nothing but the archive's framing is read before the signature of the manifest is right. `told` hears
    how far it is, 0..1.
    """
    size = os.fstat(file.fileno()).st_size
    if size > LARGEST_PACKAGE:
        raise Invalid("A package has at most {most} bytes.", most=f"{LARGEST_PACKAGE:,}")
    members = read_members(file, size)
    text, signature = _small(file, members, MANIFEST), _small(file, members, SIGNATURE)
    by = signer(text, signature, trusted)
    manifest = read_manifest(text)
    expected = {MANIFEST, SIGNATURE, *(PART_FILES[name] for name in manifest.parts)}
    if set(members) != expected:
        odd = sorted(set(members) ^ expected)
        raise Invalid(NOT_A_PACKAGE, reason=f"manifest and contents differ in {', '.join(odd)}")
    whole = sum(part.size for part in manifest.parts.values())
    done = 0
    for name in manifest.parts:
        for piece in pieces(file, members, manifest, name):
            done += len(piece)
            told(done / whole)
    return Looked(
        manifest=manifest,
        members=members,
        signer=by,
        digest=hashlib.sha256(text).hexdigest(),
        notes=_text(part_bytes(file, members, manifest, "notes")),
        size=size,
    )


def part_bytes(file: BinaryIO, members: Mapping[str, Member], manifest: Manifest, name: PartName) -> bytes:
    """A part whole, its sum checked as it was read. Raises Invalid."""
    return b"".join(pieces(file, members, manifest, name))


def pieces(file: BinaryIO, members: Mapping[str, Member], manifest: Manifest, name: PartName) -> list[bytes]:
    """A part in pieces of memory that were read once; their sum is right. Raises Invalid."""
    part, member = manifest.parts[name], members[PART_FILES[name]]
    if member.size != part.size:
        raise Invalid(ALTERED, part=PART_FILES[name])
    found, digest = [], hashlib.sha256()
    at, left = member.at, member.size
    while left:
        piece = os.pread(file.fileno(), min(CHUNK, left), at)
        if not piece:
            break
        digest.update(piece)
        found.append(piece)
        at, left = at + len(piece), left - len(piece)
    if left or digest.hexdigest() != part.sha256:
        raise Invalid(ALTERED, part=PART_FILES[name])
    return found


def _small(file: BinaryIO, members: Mapping[str, Member], name: str) -> bytes:
    """Manifest or signature."""
    member = members.get(name)
    if member is None:
        what = "signed" if name == SIGNATURE else "described"
        raise Invalid(NOT_A_PACKAGE, reason=f"it is not {what}: there is no {name} in it")
    most, least = (SIGNATURE_BYTES,) * 2 if name == SIGNATURE else (LARGEST_MANIFEST, 2)
    if not least <= member.size <= most:
        raise Invalid(NOT_A_PACKAGE, reason=f"its {name} has {member.size} bytes")
    content = os.pread(file.fileno(), member.size, member.at)
    if len(content) != member.size:
        raise Invalid(NOT_A_PACKAGE, reason="it was cut")
    return content


def _text(notes: bytes) -> str:
    try:
        return notes.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("The release notes of the package are not text in UTF-8.") from None
