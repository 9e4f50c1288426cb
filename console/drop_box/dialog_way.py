"""The drop box as a way for files of the Transfer dialog: what waits there, and what is placed there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from console.drop_box.keeping import keep
from console.drop_box.places import FOLDERS, Folder, ending
from console.drop_box.shelf import Shelf
from console.drop_box.upload import Upload
from console.texts import _
from core.api import Station
from core.errors import StationError
from screens.file_channel import (
    NotTransferred,
    OfferedFile,
    ReceivedFile,
    Told,
    WaitingFile,
    WantedFile,
    WayName,
)

PREFIX: Final = "screen-"
"""What was placed from a screen has this before its name: the station makes files of the plain one."""
CHUNK: Final = 256 * 1024
SENDERS: Final = ("admin", "user")


class DropBoxWay:
    """Implements BoxWay. `who` gives the station and the account of whoever looks, None before the log-in."""

    name: WayName = "drop_box"
    letter = "d"
    largest: int | None = max(FOLDERS["export"].values())

    def __init__(self, folder: Path, who: Callable[[], tuple[Station, str] | None]) -> None:
        self._folder = folder
        self._who = who

    @property
    def label(self) -> str:
        return _("Drop box")

    @property
    def missing(self) -> str:
        who = self._who()
        if who is not None and who[1] in SENDERS:
            return ""
        return _("only for accounts that can log in by SFTP.")

    def guidance(self, *, outwards: bool) -> str:
        if outwards:
            return _("it waits in /export for a day, to be fetched by SFTP.")
        return _("choose among the files put into /incoming by SFTP.")

    def seconds(self, _offered: OfferedFile) -> float | None:
        """Nothing goes over the terminal's wire."""
        return None

    def placed(self, offered: OfferedFile) -> str:
        return f"/export/{PREFIX}{offered.name}"

    async def send(self, offered: OfferedFile, told: Told) -> None:
        station, _account = self._known()
        offered.file.seek(0)
        try:
            upload = self._shelf("export").receive(f"{PREFIX}{offered.name}")
            try:
                _fill(upload, offered.file, told)
            except BaseException:
                upload.drop()
                raise
            await keep(upload, station, "file_placed")
        except (StationError, OSError) as error:
            raise NotTransferred(_why(error)) from None

    async def waiting(self, wanted: WantedFile) -> tuple[WaitingFile, ...]:
        try:
            files = self._shelf("incoming").files()
        except OSError as error:
            raise NotTransferred(_why(error)) from None
        found = tuple(
            WaitingFile(name=file.name, size=file.size, at=datetime.fromtimestamp(file.at, UTC))
            for file in files
            if ending("incoming", file.name) == wanted.ending and file.size <= wanted.largest
        )
        if not found:
            raise NotTransferred(
                _("Nothing waits in the drop box. Put the file into /incoming by SFTP, then choose it here.")
            )
        return found

    async def receive(self, wanted: WantedFile, _told: Told) -> ReceivedFile:
        station, _account = self._known()
        shelf, name = self._shelf("incoming"), wanted.chosen

        async def settle() -> str:
            if shelf.file(name) != kept:
                return ""
            removed = shelf.remove(name)
            await station.note_file("file_taken", removed.name, removed.size)
            return _("{name} was removed from the drop box.").format(name=name)

        try:
            kept, file = shelf.file(name), shelf.open(name)
        except (StationError, OSError) as error:
            raise NotTransferred(_why(error)) from None
        return ReceivedFile(name=name, file=file, size=kept.size, settle=settle)

    def _known(self) -> tuple[Station, str]:
        who = self._who()
        if who is None:
            raise NotTransferred(self.missing)
        return who

    def _shelf(self, folder: Folder) -> Shelf:
        return Shelf(self._folder, self._known()[1], folder)


def _fill(upload: Upload, file: BinaryIO, told: Told) -> None:
    while content := file.read(CHUNK):
        upload.write(upload.size, content)
        told()


def _why(error: StationError | OSError) -> str:
    if isinstance(error, StationError):
        return _(error.template).format(**error.values)
    return _("The station's disk refuses it: {reason}.").format(reason=error.strerror or error)
