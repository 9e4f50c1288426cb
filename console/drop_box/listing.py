"""What is said of files and folders of the drop box: attributes, and lines of a listing."""

from __future__ import annotations

import stat
import time

from console.drop_box.packets import Attributes
from console.drop_box.places import Folder

FOLDER_MODE = stat.S_IFDIR | 0o700
FILE_MODES: dict[Folder, int] = {"export": stat.S_IFREG | 0o400, "incoming": stat.S_IFREG | 0o600}


def folder_attributes() -> Attributes:
    return Attributes(size=0, permissions=FOLDER_MODE)


def file_attributes(folder: Folder, size: int | None, at: float) -> Attributes:
    """`size` is None while nobody knows it."""
    return Attributes(size=size, permissions=FILE_MODES[folder], at=int(at))


def line(name: str, known: Attributes, account: str) -> str:
    """As `ls -l` has it, in UTC."""
    size = "" if known.size is None else str(known.size)
    when = "" if known.at is None else time.strftime("%b %d %H:%M", time.gmtime(known.at))
    return f"{stat.filemode(known.permissions or 0)} 1 {account:<8} evtty    {size:>10} {when:<12} {name}"
