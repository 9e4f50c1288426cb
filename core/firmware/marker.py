"""The file that says which slot runs, and the folders of the slots beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from core.files import atomic_write
from core.firmware.slots import Slot, Slots

FOLDER: Final = "firmware"
MARKER: Final = "running.json"
DAMAGED: Final = "running.json.damaged"


def firmware_folder(data: Path) -> Path:
    """Where slots and their marker are kept."""
    return data / FOLDER


def slot_folder(data: Path, slot: Slot) -> Path:
    """The folder of a slot; never for ""."""
    return data / FOLDER / slot


def belongs_here(data: Path) -> bool:
    """False where the slots belong to another user: their software would run with the rights of this one."""
    try:
        owner = firmware_folder(data).stat().st_uid
    except OSError:
        # Whoever reads the slots says what is wrong with them.
        return True
    return owner in {0, os.geteuid()}


def whole_slots(data: Path) -> frozenset[Slot]:
    """The slots that have software in them; the installed program always has."""
    slots: tuple[Slot, ...] = ("a", "b")
    there = (slot for slot in slots if (slot_folder(data, slot) / "core" / "__main__.py").is_file())
    return frozenset(("", *there))


def read_marker(data: Path) -> Slots:
    """What is on the disk. A marker that cannot be read is set aside: the installed program runs."""
    path = data / FOLDER / MARKER
    try:
        return msgspec.json.decode(path.read_bytes(), type=Slots)
    except FileNotFoundError:
        return Slots()
    except (msgspec.DecodeError, UnicodeDecodeError):
        path.replace(path.with_name(DAMAGED))
        return Slots()


def look(data: Path) -> Slots:
    """What is on the disk, for a process that only follows: nothing is set aside."""
    try:
        return msgspec.json.decode((data / FOLDER / MARKER).read_bytes(), type=Slots)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Slots()


def is_being_tried(data: Path) -> bool:
    """True while software is on trial."""
    return look(data).trial is not None


def was_left(data: Path) -> bool:
    """True when software has been left since the station last began its work."""
    outcome = look(data).outcome
    return outcome is not None and outcome.result == "returned" and not outcome.noted


def write_marker(data: Path, slots: Slots) -> None:
    """Put it on the disk, all of it or nothing. Raises OSError."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    atomic_write(folder / MARKER, msgspec.json.encode(slots))
