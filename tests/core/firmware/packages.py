"""Packages for tests: right ones, and what they are made of."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.firmware.making import described, make_package
from core.firmware.manifest import Manifest, PartName
from core.profile import HardwareProfile, load_profile

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FOREIGN = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOTES = "What is new\n- It can be seen that this is another version.\n"
MODULES = {
    "core/__init__.py": "",
    "core/__main__.py": "print('other software')\n",
    "console/__init__.py": "",
    "console/__main__.py": "print('another console')\n",
    "screens/__init__.py": "",
}


def public(key: Ed25519PrivateKey = KEY) -> str:
    """As a hardware profile names it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def profile(name: str = "parking-2") -> HardwareProfile:
    """A shipped profile that trusts `KEY`."""
    return msgspec.structs.replace(load_profile(name), firmware_keys=(public(),))


def wheel(version: str, modules: Mapping[str, str] = MODULES) -> bytes:
    """Software of these modules, as the tool of a package."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for name, text in modules.items():
            files.writestr(name, text)
        files.writestr(f"evtty-{version}.dist-info/METADATA", f"Name: evtty\nVersion: {version}\n")
    return packed.getvalue()


def parts_of(version: str, **others: bytes) -> dict[PartName, bytes]:
    """Notes and tool, and other parts."""
    return msgspec.convert({"notes": NOTES.encode(), "tool": wheel(version), **others}, dict[PartName, bytes])


def manifest_of(version: str, parts: Mapping[PartName, bytes], **others: Any) -> Manifest:
    """A manifest that describes the parts; images have version 7.1."""
    versions = {"notes": "", "tool": version, "board": "7.1", "reader": "7.1"}
    manifest = Manifest(
        schema="evtty/firmware/1",
        version=version,
        minimum=version,
        families=("parking", "city"),
        parts={name: described(content, versions[name]) for name, content in parts.items()},
    )
    return msgspec.structs.replace(manifest, **others)


def package(
    version: str = "0.2.0",
    *,
    key: Ed25519PrivateKey = KEY,
    parts: Mapping[PartName, bytes] | None = None,
    **others: Any,
) -> bytes:
    """A package that is right but for what is asked for."""
    given = parts_of(version) if parts is None else parts
    return make_package(manifest_of(version, given, **others), given, key)
