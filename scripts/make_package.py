"""`scripts/make-package`: makes keys, and packages of this checkout and of images, signed."""

from __future__ import annotations

import argparse
import base64
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import get_args

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import StationError
from core.files import atomic_write
from core.firmware.keys import fingerprint
from core.firmware.making import described, make_package
from core.firmware.manifest import Manifest, PartName, read_manifest
from core.firmware.tool import PLACES, open_tool
from core.firmware.versions import is_version
from core.profile.hardware import Family

ROOT = Path(__file__).parent.parent
NEWEST_PYTHON_NEEDED = "3.11"
NOT_NEEDED_TO_RUN = {"setuptools"}


def main() -> int:
    """Make a key or a package; gives the exit code."""
    given = arguments()
    try:
        if given.new_key:
            return new_key(given.new_key)
        return package(given)
    except (StationError, OSError, ValueError) as fault:
        print(f"make-package: {fault}", file=sys.stderr)
        return 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/make-package", description=__doc__)
    families = ",".join(get_args(Family))
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a private key")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the private key that signs")
    parser.add_argument("--notes", type=Path, metavar="FILE", help="the release notes, text in UTF-8")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the package; by default evtty-VERSION.zip")
    parser.add_argument("--families", default=families, help="for which stations; by default all")
    parser.add_argument("--minimum", help="lowest version that stations take after it; by default its own")
    parser.add_argument("--no-tool", action="store_true", help="images only: --version says the package's")
    parser.add_argument("--version", help="of a package without the tool")
    for part in ("board", "reader"):
        parser.add_argument(f"--{part}", type=Path, metavar="FILE", help=f"an image for the {part}")
        parser.add_argument(f"--{part}-version", metavar="V", help="its version")
    given = parser.parse_args()
    if not given.new_key and not (given.key and given.notes):
        parser.error("--key and --notes are needed, or --new-key")
    if given.no_tool != bool(given.version):
        parser.error("--version goes with --no-tool: the tool has its own")
    return given


def new_key(path: Path) -> int:
    """Write a private key that only its owner can read; never over one that is there."""
    if path.resolve().is_relative_to(ROOT.resolve()):
        raise ValueError("keep the private key outside the checkout")
    if path.exists():
        raise ValueError(f"{path} is there already")
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    atomic_write(path, text)
    show_public(key)
    return 0


def show_public(key: Ed25519PrivateKey) -> None:
    """Show what goes into hardware profiles."""
    public = key.public_key().public_bytes_raw()
    print(f'[firmware]\nkeys = ["{base64.b64encode(public).decode()}"]   # {fingerprint(public)}')


def package(given: argparse.Namespace) -> int:
    """Build, sign and write a package."""
    key = serialization.load_pem_private_key(given.key.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"make-package: {given.key} is no Ed25519 key")
    parts: dict[PartName, bytes] = {"notes": given.notes.read_bytes()}
    versions: dict[PartName, str] = {"notes": ""}
    if not given.no_tool:
        parts["tool"], versions["tool"] = wheel()
    if given.board:
        parts["board"], versions["board"] = given.board.read_bytes(), given.board_version or ""
    if given.reader:
        parts["reader"], versions["reader"] = given.reader.read_bytes(), given.reader_version or ""
    version = given.version or versions["tool"]
    if not is_version(version):
        raise ValueError(f"{version} is no version of whole numbers, such as 1.4.0")
    manifest = Manifest(
        schema="evtty/firmware/1",
        version=version,
        minimum=given.minimum or version,
        families=msgspec.convert(given.families.split(","), tuple[Family, ...]),
        parts={name: described(content, versions[name]) for name, content in parts.items()},
        python=NEWEST_PYTHON_NEEDED,
        needs=needs() if "tool" in parts else {},
    )
    read_manifest(msgspec.json.encode(manifest))
    out = given.out or Path(f"evtty-{version}.zip")
    content = make_package(manifest, parts, key)
    out.write_bytes(content)
    print(f"{out}: {len(content):,} bytes, {', '.join(sorted(parts))}")
    show_public(key)
    return 0


def wheel() -> tuple[bytes, str]:
    """The checkout as a wheel, and its version."""
    with tempfile.TemporaryDirectory() as folder:
        apart = Path(folder) / "apart"
        apart.mkdir()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, apart)
        for name in PLACES:
            shutil.copytree(ROOT / name, apart / name, ignore=shutil.ignore_patterns("__pycache__"))
        command = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--no-build-isolation"]
        subprocess.run([*command, "--wheel-dir", folder, str(apart)], check=True, stderr=subprocess.PIPE)
        (built,) = Path(folder).glob("evtty-*.whl")
        version, content = built.name.split("-")[1], built.read_bytes()
    open_tool(content, version).close()
    return content, version


def needs() -> dict[str, str]:
    """What it runs on, as it is locked."""
    locked = (ROOT / "scripts" / "locked" / "run.txt").read_text(encoding="utf-8")
    found = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", locked, re.MULTILINE))
    return {name: version for name, version in found.items() if name not in NOT_NEEDED_TO_RUN}


if __name__ == "__main__":
    raise SystemExit(main())
