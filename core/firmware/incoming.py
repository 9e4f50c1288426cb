"""A package on its way in: a file without a name, so that nobody can put another in its place."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import Busy, Invalid, NotFound, StorageFull
from core.firmware.package import Looked
from core.values.firmware import LARGEST_CHUNK, LARGEST_PACKAGE


class Incoming:
    """What one session has sent so far, and what was found in it. 0 is the station's own session."""

    def __init__(self, folder: Path, session: int) -> None:
        self.session = session
        self.file = cast("BinaryIO", tempfile.TemporaryFile(dir=folder, buffering=0))  # noqa: SIM115 - it lives as long as this
        self.size = 0
        self.looked: Looked | None = None

    def take(self, chunk: bytes) -> None:
        """Write the next bytes. Raises Invalid, StorageFull; then nothing of it is of use any more."""
        if len(chunk) > LARGEST_CHUNK:
            raise Invalid("At most {most} bytes are taken at once.", most=f"{LARGEST_CHUNK:,}")
        self.looked = None
        if self.size + len(chunk) > LARGEST_PACKAGE:
            raise Invalid("A package has at most {most} bytes.", most=f"{LARGEST_PACKAGE:,}")
        try:
            left = memoryview(chunk)
            while left:
                left = left[self.file.write(left) :]
        except OSError as fault:
            raise no_room(fault) from None
        self.size += len(chunk)

    def close(self) -> None:
        """Nothing of it is left."""
        self.file.close()


class Place:
    """Where a package comes in; one session at a time, as long as `is_open` says that it is there."""

    def __init__(self, folder: Path, is_open: Callable[[int], bool]) -> None:
        self._folder = folder
        self._is_open = is_open
        self.now: Incoming | None = None

    @property
    def is_left(self) -> bool:
        """Whether it is of a session that has ended."""
        return self.now is not None and not self._is_open(self.now.session)

    def begin(self, session: int) -> Incoming:
        """Begin anew. Raises Busy while it is somebody else's, StorageFull."""
        if self.now is not None and self.now.session != session and not self.is_left:
            raise Busy("Somebody else is installing firmware now. Try again when they are done.")
        self.drop()
        try:
            self.now = Incoming(self._folder, session)
        except OSError as fault:
            raise no_room(fault) from None
        return self.now

    def of(self, session: int) -> Incoming:
        """What this session has sent. Raises NotFound."""
        if self.now is None or self.now.session != session:
            raise NotFound("There is no package: send one first.")
        return self.now

    def drop(self) -> None:
        """Forget what came."""
        if self.now is not None:
            self.now.close()
            self.now = None


def no_room(fault: OSError) -> StorageFull:
    """The refusal for a disk that does not take it."""
    reason = "no room" if fault.errno == errno.ENOSPC else fault.strerror or "not writable"
    return StorageFull("The package cannot be stored: {reason}. Nothing was changed.", reason=reason)
