"""Writes the software of a package into the slot that does not run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from core.files import sync_folder
from core.firmware.manifest import Manifest
from core.firmware.marker import firmware_folder, slot_folder
from core.firmware.package import Looked, part_bytes
from core.firmware.slots import Slot
from core.firmware.tool import lay_out, open_tool

UNFINISHED = ".new"


def remove_unfinished(data: Path) -> None:
    """Remove what a write that was cut short has left."""
    folder = firmware_folder(data)
    for path in folder.glob(f"*{UNFINISHED}") if folder.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def check_tool(file: BinaryIO, looked: Looked) -> None:
    """Look into the tool, without writing it. Raises Invalid."""
    if "tool" in looked.manifest.parts:
        wheel = part_bytes(file, looked.members, looked.manifest, "tool")
        open_tool(wheel, _version(looked.manifest)).close()


def write_slot(
    data: Path, slot: Slot, file: BinaryIO, looked: Looked, *, told: Callable[[float], None]
) -> None:
    """Put the tool of a package in the place of what the slot holds; it is on the disk when this returns.

    The part's sum is checked again in the very bytes that are written. Raises Invalid, OSError.
    """
    wheel = part_bytes(file, looked.members, looked.manifest, "tool")
    folder = slot_folder(data, slot)
    unfinished = folder.with_name(f"{slot}{UNFINISHED}")
    firmware_folder(data).mkdir(mode=0o700, exist_ok=True)
    remove_unfinished(data)
    try:
        with open_tool(wheel, _version(looked.manifest)) as tool:
            lay_out(tool, unfinished, told=told)
        if folder.exists():
            old = folder.with_name(f"{slot}-old{UNFINISHED}")
            folder.rename(old)
            sync_folder(folder.parent)
            shutil.rmtree(old, ignore_errors=True)
        unfinished.rename(folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _version(manifest: Manifest) -> str:
    return manifest.parts["tool"].version
