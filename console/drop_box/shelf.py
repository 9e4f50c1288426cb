"""The files that one account has in one folder of the drop box."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from console.drop_box.kept_folder import entered, open_to_read, sizes
from console.drop_box.places import MIB, Folder, is_name
from console.drop_box.upload import PARTIAL, Upload
from console.texts import N_
from core.errors import NotFound

MOST_FILES: Final = 20
MOST_BYTES: Final = 96 * MIB


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A whole file. `at` is when it came, in seconds since 1970 by the clock of then."""

    name: str
    size: int
    at: float


class Shelf:
    """Looks at the disk each time: other processes of the same station put and take as well.

    Every method raises OSError.
    """

    def __init__(self, data: Path, account: str, folder: Folder) -> None:
        self._data = data
        self._account = account
        self.folder: Folder = folder

    @contextlib.contextmanager
    def _entered(self) -> Iterator[int]:
        with entered(self._data, self._account, self.folder) as descriptor:
            yield descriptor

    def files(self) -> tuple[KeptFile, ...]:
        """Newest first."""
        with self._entered() as folder:
            found = [
                KeptFile(name=name, size=facts.st_size, at=facts.st_mtime)
                for name, facts in sizes(folder).items()
                if is_name(self.folder, name)
            ]
        return tuple(sorted(found, key=lambda file: (-file.at, file.name)))

    def file(self, name: str) -> KeptFile:
        """Raises NotFound."""
        for file in self.files():
            if file.name == name:
                return file
        raise NotFound(N_("There is no file {name} in the drop box."), name=name)

    def open(self, name: str) -> BinaryIO:
        """Raises NotFound."""
        self.file(name)
        with self._entered() as folder:
            try:
                return cast("BinaryIO", os.fdopen(open_to_read(folder, name), "rb"))
            except FileNotFoundError:
                raise NotFound(N_("There is no file {name} in the drop box."), name=name) from None

    def remove(self, name: str) -> KeptFile:
        """Raises NotFound."""
        removed = self.file(name)
        with self._entered() as folder, contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)
        return removed

    def receive(self, name: str) -> Upload:
        """Begin a file. Raises Invalid for its name or a full box, Busy while somebody else sends it."""
        with self._entered() as folder:
            return Upload(folder, self.folder, name, most_files=MOST_FILES, most_bytes=MOST_BYTES)

    def clear_partial(self) -> None:
        """Remove what uploads of killed processes have left behind."""
        with self._entered() as folder:
            for name in sizes(folder):
                if name.startswith(PARTIAL):
                    with contextlib.suppress(OSError):
                        Upload.remove_left_over(folder, name)
