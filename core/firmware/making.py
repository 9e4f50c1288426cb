"""Makes a signed package of its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.firmware.archive import pack
from core.firmware.manifest import MANIFEST, PART_FILES, SIGNATURE, Manifest, Part, PartName


def described(content: bytes, version: str = "") -> Part:
    """What the manifest says of a part."""
    return Part(size=len(content), sha256=hashlib.sha256(content).hexdigest(), version=version)


def make_package(manifest: Manifest, parts: Mapping[PartName, bytes], key: Ed25519PrivateKey) -> bytes:
    """The package of these parts; the manifest describes each of them."""
    text = msgspec.json.format(msgspec.json.encode(manifest))
    files = [(PART_FILES[name], content) for name, content in parts.items()]
    return pack([(MANIFEST, text), (SIGNATURE, key.sign(text)), *files])
