"""How files come and go at one terminal, as the screens know it."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol

WayName = Literal["zmodem", "text", "drop_box"]
Told = Callable[[], None]
"""Called whenever something moves: a person is at it, and the session is not idle."""


class NotTransferred(Exception):
    """The file did not come or go; its text says why, in the language of the session."""


@dataclass(frozen=True, kw_only=True)
class OfferedFile:
    """A file that goes out. `file` is read from its start and stays the caller's.

    `command` is the command that gives the same file over SSH, "" for none.
    """

    name: str
    file: BinaryIO
    size: int
    command: str = ""


def offered_bytes(name: str, content: bytes, *, command: str = "") -> OfferedFile:
    """A small file whose content is there already."""
    return OfferedFile(name=name, file=io.BytesIO(content), size=len(content), command=command)


@dataclass(frozen=True, kw_only=True)
class WantedFile:
    """A file that shall come in: `what` names its kind, `largest` is its limit in bytes.

    `command` is the command that takes the same file over SSH, "" for none. `ending` is that of its names;
    `chosen` is the name of one of those that wait.
    """

    what: str
    largest: int
    command: str = ""
    ending: str = ".csv"
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class WaitingFile:
    """A file that was sent before, and waits to be taken over."""

    name: str
    size: int
    at: datetime


async def _nothing_to_settle() -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """A file that came. `name` is plain; nothing of it is left once `file` is closed.

    `settle` is called when it was taken over: where it waited it is removed, and words about that are given.
    """

    name: str
    file: BinaryIO
    size: int
    settle: Callable[[], Awaitable[str]] = _nothing_to_settle

    def take(self) -> bytes:
        """Its content; the file is closed."""
        with self.file:
            self.file.seek(0)
            return self.file.read()


class FileWay(Protocol):
    """One way for files. Texts are in the language of the session.

    While `send` or `receive` runs the terminal may be lent: the screen draws nothing, and stands again as
    it was when they end, whatever the outcome.
    """

    @property
    def name(self) -> WayName: ...

    @property
    def label(self) -> str:
        """As a button says it."""

    @property
    def letter(self) -> str:
        """The key that chooses it."""

    @property
    def missing(self) -> str:
        """Why it cannot be used here, "" where it can."""

    @property
    def largest(self) -> int | None:
        """Bytes of the largest file that it carries."""

    def guidance(self, *, outwards: bool) -> str:
        """What a person does for it, in a sentence or two."""

    def seconds(self, offered: OfferedFile) -> float | None:
        """How long the file takes on the wire; None where nobody knows how fast that is."""

    async def send(self, offered: OfferedFile, told: Told) -> None:
        """Carry a file to the person. Raises NotTransferred."""

    async def receive(self, wanted: WantedFile, told: Told) -> ReceivedFile:
        """Carry a file from the person. Raises NotTransferred."""


class BoxWay(FileWay, Protocol):
    """The way through a box where files wait: nothing goes over the terminal itself."""

    async def waiting(self, wanted: WantedFile) -> tuple[WaitingFile, ...]:
        """What could be meant, the newest first, at least one. Raises NotTransferred."""

    def placed(self, offered: OfferedFile) -> str:
        """Where a file that was sent is found."""


class FileChannel(Protocol):
    """The ways for files at one terminal, the best first."""

    @property
    def ways(self) -> tuple[FileWay, ...]: ...

    @property
    def box(self) -> BoxWay | None:
        """The one of the ways that is a box."""

    @property
    def pace(self) -> str:
        """How fast the wire is, `115200 baud`; "" where nobody knows."""

    def spool(self) -> BinaryIO:
        """An empty file without a name, for content that is too long for memory."""


class NoFiles:
    """A terminal with no way for files."""

    ways: tuple[FileWay, ...] = ()
    box: BoxWay | None = None
    pace = ""

    def spool(self) -> BinaryIO:
        return io.BytesIO()
