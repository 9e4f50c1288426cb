"""The manifest of a package: what it is, for which stations, and the sum of each of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

import msgspec

from core.errors import Invalid
from core.firmware.versions import PATTERN, rank
from core.profile.hardware import Family

SCHEMA = "evtty/firmware/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
SIGNATURE_BYTES = 64
LARGEST_MANIFEST = 65_536

PartName = Literal["notes", "tool", "board", "reader"]
PART_FILES: Mapping[PartName, str] = {
    "notes": "notes.txt",
    "tool": "tool.whl",
    "board": "board.bin",
    "reader": "reader.bin",
}
"""The only names that files of a package have, beside manifest and signature."""

MIB = 1 << 20
LARGEST_PACKAGE = 64 * MIB
LARGEST_PART: Mapping[PartName, int] = {
    "notes": 65_536,
    "tool": 32 * MIB,
    "board": 16 * MIB,
    "reader": 4 * MIB,
}

Version = Annotated[str, msgspec.Meta(pattern=f"^{PATTERN}$")]
Sum = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Package = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._-]{1,64}$")]
PartVersion = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._-]{0,20}$")]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bytes, SHA-256 and version of a part; only notes have none. The tool has that of the package."""

    size: Annotated[int, msgspec.Meta(ge=1)]
    sha256: Sum
    version: PartVersion = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`minimum` is the lowest version that the station may get after this one.

    `needs` are the packages of Python that the tool runs on, each with its very version.
    """

    schema: Literal["evtty/firmware/1"]
    version: Version
    minimum: Version
    families: Annotated[tuple[Family, ...], msgspec.Meta(min_length=1, max_length=3)]
    parts: dict[PartName, Part]
    python: Version = "3.11"
    needs: dict[Package, Annotated[str, msgspec.Meta(max_length=64)]] = {}


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest whose signature is right. Raises Invalid."""
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Invalid("The manifest of the package cannot be read: {fault}.", fault=fault) from None
    names = set(manifest.parts)
    if "notes" not in names or names == {"notes"}:
        raise Invalid(
            "The package must have release notes and at least one of: {parts}.",
            parts=", ".join(name for name in get_args(PartName) if name != "notes"),
        )
    for name, part in manifest.parts.items():
        if (not part.version and name != "notes") or (name == "tool" and part.version != manifest.version):
            raise Invalid("The version of the part {part} is missing or wrong.", part=PART_FILES[name])
        if part.size > LARGEST_PART[name]:
            raise Invalid(
                "The part {part} has {size} bytes; at most {most} are taken.",
                part=PART_FILES[name],
                size=f"{part.size:,}",
                most=f"{LARGEST_PART[name]:,}",
            )
    if rank(manifest.minimum) > rank(manifest.version):
        raise Invalid(
            "The package contradicts itself: version {version} is below its own minimum {minimum}.",
            version=manifest.version,
            minimum=manifest.minimum,
        )
    return manifest
