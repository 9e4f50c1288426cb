"""A file on its way into the drop box: nobody sees it before it is whole."""

from __future__ import annotations

import contextlib
import os
import time
from typing import Final

from console.drop_box.kept_folder import open_to_write, sizes
from console.drop_box.listing import file_attributes
from console.drop_box.packets import Attributes
from console.drop_box.places import MIB, Folder, largest, require_name
from console.drop_box.room import require_room
from console.texts import N_
from core.errors import Busy, Invalid, StationError

PARTIAL: Final = "."
"""What stands before the name of a file that is not whole; no name begins so."""
LOOK_AGAIN: Final = MIB
"""Bytes after which it is looked again whether there is room."""


class Upload:
    """Written from its start without gaps, then kept or dropped. Methods raise OSError as well."""

    def __init__(self, folder: int, kind: Folder, name: str, *, most_files: int, most_bytes: int) -> None:
        """Raises Invalid, Busy. `folder` stays the caller's."""
        require_name(kind, name)
        self.name = name
        self.size = 0
        self._largest = largest(kind, name)
        self._most_bytes = most_bytes
        self._granted = 0
        if len(_others(folder, name)) >= most_files:
            raise Invalid(N_("The drop box holds {most} files already: remove some first."), most=most_files)
        descriptor = open_to_write(folder, PARTIAL + name)
        if descriptor is None:
            raise Busy(N_("{name} is being sent already, by another connection."), name=name)
        self._descriptor = descriptor
        self._folder = os.dup(folder)
        self._is_open = True
        self._refusal: StationError | OSError | None = None

    @property
    def attributes(self) -> Attributes:
        return file_attributes("incoming", self.size, time.time())

    def write(self, offset: int, content: bytes) -> None:
        """Raises Invalid for a gap, a file that is too large and a full box, StorageFull for a full disk.

        Whatever is raised, the file can only be dropped after it.
        """
        try:
            self._write(offset, content)
        except (StationError, OSError) as refusal:
            self._refusal = refusal
            raise

    def _write(self, offset: int, content: bytes) -> None:
        if offset > self.size:
            raise Invalid(N_("A file is sent from its start and without gaps."))
        size = max(self.size, offset + len(content))
        if size > self._largest:
            raise Invalid(N_("A file of this kind has at most {most} bytes."), most=f"{self._largest:,}")
        if size > self._granted:
            self._look_for_room(size)
        done = 0
        while done < len(content):
            done += os.pwrite(self._descriptor, content[done:], offset + done)
        self.size = size

    def shorten(self, size: int) -> None:
        """Raises Invalid for more than has come."""
        if size > self.size:
            raise Invalid(N_("A file is sent from its start and without gaps."))
        os.ftruncate(self._descriptor, size)
        self.size = size

    def settle(self) -> None:
        """Wait until what came is on the disk. Raises what a part of it was refused with."""
        if self._refusal is not None:
            raise self._refusal
        os.utime(self._descriptor)
        os.fsync(self._descriptor)

    def keep(self) -> None:
        """Show the file, in the place of one of the same name."""
        name = self.name
        os.replace(PARTIAL + name, name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
        os.fsync(self._folder)
        self._close()

    def drop(self) -> None:
        """Forget it, unless it was kept."""
        if self._is_open:
            with contextlib.suppress(OSError):
                os.unlink(PARTIAL + self.name, dir_fd=self._folder)
            self._close()

    @staticmethod
    def remove_left_over(folder: int, name: str) -> None:
        """Remove an unfinished file unless somebody writes it."""
        descriptor = open_to_write(folder, name)
        if descriptor is not None:
            os.unlink(name, dir_fd=folder)
            os.close(descriptor)

    def _close(self) -> None:
        self._is_open = False
        os.close(self._descriptor)
        os.close(self._folder)

    def _look_for_room(self, size: int) -> None:
        if sum(_others(self._folder, self.name).values()) + size > self._most_bytes:
            raise Invalid(
                N_("The drop box has room for {most} bytes in all: remove some files first."),
                most=f"{self._most_bytes:,}",
            )
        require_room(self._descriptor)
        self._granted = size + LOOK_AGAIN


def _others(folder: int, name: str) -> dict[str, int]:
    """The sizes of the other files of a folder; one that `name` will replace is none."""
    mine = (name, PARTIAL + name)
    return {each: facts.st_size for each, facts in sizes(folder).items() if each not in mine}
