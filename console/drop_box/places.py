"""The two folders of the drop box, and which names files may have in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from console.texts import N_
from core.errors import Invalid

Folder = Literal["export", "incoming"]

KIB: Final = 1024
MIB: Final = 1024 * KIB
FOLDERS: Final[Mapping[Folder, Mapping[str, int]]] = {
    "export": {".csv": 64 * MIB, ".cfg": 256 * KIB, ".html": 8 * MIB},
    "incoming": {".csv": 4 * MIB, ".cfg": 256 * KIB, ".zip": 64 * MIB, ".pub": 16 * KIB},
}
"""The endings that each folder takes, and the bytes of the largest file that is kept there."""
LONGEST_NAME: Final = 64
LONGEST_PATH: Final = 1024
TEMPORARY: Final = (".filepart", ".part", ".tmp")
"""What programs put behind a name until the file is whole."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in the drop box: its root (neither), a folder, or a file; no file need have the name."""

    folder: Folder | None = None
    name: str = ""

    @property
    def path(self) -> str:
        return "/" + "/".join(part for part in (self.folder, self.name) if part)


ROOT: Final = Place()


def resolve(path: bytes) -> Place | None:
    """The place that a path means, from the root on; None for what the drop box cannot have."""
    if len(path) > LONGEST_PATH:
        return None
    try:
        text = path.decode("utf-8")
    except UnicodeDecodeError:
        return None
    parts: list[str] = []
    for part in text.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    if len(parts) > 2:
        return None
    if not parts:
        return ROOT
    folder = next((known for known in FOLDERS if known == parts[0]), None)
    if folder is None:
        return None
    return Place(folder=folder, name=parts[1] if len(parts) > 1 else "")


def is_name(folder: Folder, name: str) -> bool:
    """Whether a file may have this name there: ASCII letters, digits, `.`, `_`, `-`, and a known ending."""
    return len(name) <= LONGEST_NAME and bool(_NAME.fullmatch(name)) and ending(folder, name) != ""


def ending(folder: Folder, name: str) -> str:
    """Which of the folder's endings the name has, in any case; "" for none."""
    return next((known for known in FOLDERS[folder] if name.lower().endswith(known)), "")


def largest(folder: Folder, name: str) -> int:
    """Bytes of the largest file with this ending."""
    return FOLDERS[folder][ending(folder, name)]


def require_name(folder: Folder, name: str) -> None:
    """Raises Invalid, in words, for a name that no file may have there."""
    if is_name(folder, name):
        return
    if name.lower().endswith(TEMPORARY):
        raise Invalid(
            N_(
                "Switch off sending under a temporary name ({ending}) in your program: here a file shows up"
                " only when it has come whole."
            ),
            ending=next(each for each in TEMPORARY if name.lower().endswith(each)),
        )
    raise Invalid(
        N_(
            "A file's name has letters, digits, dots, dashes and underlines, {longest} at most, and ends with"
            " {endings}."
        ),
        longest=LONGEST_NAME,
        endings=", ".join(FOLDERS[folder]),
    )
