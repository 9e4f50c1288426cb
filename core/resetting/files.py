"""What becomes of each file of the data folder when the station is reset."""

from __future__ import annotations

import fnmatch
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from core.files import sync_folder
from core.resetting.order import Kind
from core.resetting.tables import GOES, SETTING, STAYS, Row

FILES: Mapping[str, Row] = MappingProxyType(
    {
        ".*.new": GOES,
        "station.sqlite.damaged-*": GOES,
        "station.sqlite*": STAYS,
        "copies": STAYS,
        "drop-box": GOES,
        "transfers": GOES,
        "network-on-trial": SETTING,
        "secret.key*": SETTING,
        "firmware": STAYS,
        "ssh_host_ed25519": STAYS,
        "core.lock": STAYS,
        "core.sock": STAYS,
        "run.lock": STAYS,
        "evtty.log*": STAYS,
        "reset-ordered": STAYS,
    }
)
"""Patterns of names, the first that fits decides; a folder goes or stays with all that is in it.

The database and its copies are made anew without what went. The order itself goes last. The host key is who
the station is: a technician who comes back after a reset is not told of a stranger in its place.
"""


def row_of(name: str) -> Row | None:
    """The row of a name in the data folder; None for one that no pattern fits."""
    return next((row for pattern, row in FILES.items() if fnmatch.fnmatchcase(name, pattern)), None)


def to_remove(folder: Path, kind: Kind) -> Iterator[Path]:
    """What goes; what no pattern fits is nobody's here, and is left."""
    for path in sorted(folder.iterdir()):
        row = row_of(path.name)
        if row is not None and getattr(row, kind) == "goes":
            yield path


def remove(folder: Path, kind: Kind) -> None:
    """Remove what goes. Raises OSError."""
    for path in to_remove(folder, kind):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    sync_folder(folder)
