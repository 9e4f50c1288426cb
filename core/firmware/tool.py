"""The tool part: evtty itself as a wheel, checked and laid out as a folder that Python can start from."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from email.parser import HeaderParser
from pathlib import Path

from core.errors import Invalid
from core.files import sync_folder

MOST_FILES = 5_000
MOST_BYTES = 128 << 20
LARGEST_FILE = 16 << 20
HIGHEST_RATIO = 200
COMPILING_SECONDS = 300.0
PIECE = 1 << 18

AS_THEY_ARE = ("--invalidation-mode", "unchecked-hash")
"""Compiled files count without a look at their sources' times."""

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PLACES = ("core", "console", "screens")
"""The packages that evtty is made of; a wheel has nothing else beside its own description."""

_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)+[A-Za-z0-9_][A-Za-z0-9_.-]*")
_DESCRIPTION = re.compile(r"evtty-[0-9.]+\.dist-info")

WRONG = "The tool in the package cannot be used: {reason}."


def wrong(reason: str) -> Invalid:
    return Invalid(WRONG, reason=reason)


def open_tool(wheel: bytes, version: str) -> zipfile.ZipFile:
    """A wheel whose every entry may be written and which has this version. Raises Invalid."""
    try:
        tool = zipfile.ZipFile(io.BytesIO(wheel))
        entries = tool.infolist()
        _check(entries)
        described = next((each for each in entries if each.filename.endswith(".dist-info/METADATA")), None)
        said = "" if described is None else _version(tool.read(described))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as fault:
        raise wrong(f"it is no sound wheel ({fault})") from None
    names = {each.filename for each in entries}
    missing = [f"{place}/__main__.py" for place in ("core", "console") if f"{place}/__main__.py" not in names]
    if missing:
        raise wrong(f"it has no {missing[0]}")
    if said != version:
        raise wrong(f"it says that it has version {said or 'none'}, the manifest says {version}")
    return tool


def _version(described: bytes) -> str:
    return str(HeaderParser().parsestr(described.decode("utf-8"))["Version"] or "")


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if not 1 <= len(entries) <= MOST_FILES:
        raise wrong(f"it has {len(entries)} files; 1 to {MOST_FILES} are taken")
    seen: set[str] = set()
    whole = 0
    for entry in entries:
        name = entry.filename
        first = name.partition("/")[0]
        ours = first in PLACES or _DESCRIPTION.fullmatch(first)
        if not ours or ".." in name or not _NAME.fullmatch(name):
            raise wrong(f"a file has the name {name[:60]!r}")
        if name.lower() in seen:
            raise wrong(f"two files are called {name[:60]}")
        seen.add(name.lower())
        kind = entry.external_attr >> 16 & 0o170000
        if kind not in (0, 0o100000) or entry.is_dir():
            raise wrong(f"{name[:60]} is no ordinary file")
        if entry.flag_bits & 1 or entry.compress_type not in PACKED:
            raise wrong(f"{name[:60]} is encrypted, or packed in an unusual way")
        whole += entry.file_size
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > LARGEST_FILE or whole > MOST_BYTES or ratio > HIGHEST_RATIO:
            raise wrong(f"{name[:60]} expands too far")


def lay_out(tool: zipfile.ZipFile, folder: Path, *, told: Callable[[float], None]) -> None:
    """Write the files into a new folder, compile them, and see that all of it is on the disk.

    `told` hears how far it is, 0..1. Raises Invalid, OSError.
    """
    folder.mkdir(mode=0o700)
    entries = tool.infolist()
    for count, entry in enumerate(entries, 1):
        path = folder / entry.filename
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(tool, entry, path)
        told(0.5 * count / len(entries))
    _compile(folder)
    _settle(folder, lambda far: told(0.5 + 0.5 * far))


def _write(tool: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    """Write one file, no longer than its entry says."""
    written = 0
    try:
        with tool.open(entry) as source, path.open("xb") as target:
            while piece := source.read(PIECE):
                written += len(piece)
                if written > entry.file_size:
                    raise wrong(f"{entry.filename[:60]} expands too far")
                target.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
        raise wrong(f"{entry.filename[:60]} is damaged ({fault})") from None


def _compile(folder: Path) -> None:
    """Compile beside the station's own work, so that the first start is quick."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "compileall", "-q", *AS_THEY_ARE, str(folder)],
            check=False,
            capture_output=True,
            timeout=COMPILING_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise wrong("compiling it takes too long") from None
    if done.returncode:
        raise wrong("it does not compile with this machine's Python")


def _settle(folder: Path, told: Callable[[float], None]) -> None:
    """Everything below the folder is on the disk when this returns."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for count, path in enumerate(files, 1):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        told(count / len(files))
    for path in (folder, *(each for each in folder.rglob("*") if each.is_dir())):
        sync_folder(path)
