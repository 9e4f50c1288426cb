"""The answers to SFTP requests of one connection: two flat folders, and nothing beside them."""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from console.drop_box import packets
from console.drop_box.keeping import keep
from console.drop_box.listing import file_attributes, folder_attributes, line
from console.drop_box.made import MADE
from console.drop_box.opened import Listing, Opened, Readable
from console.drop_box.packets import Attributes, Code, Flag, Kind, Request
from console.drop_box.places import FOLDERS, ROOT, Folder, Place, resolve
from console.drop_box.shelf import Shelf
from console.drop_box.spools import Spools
from console.drop_box.upload import Upload
from console.texts import N_, _
from core.api import Station
from core.errors import Invalid, NotAllowed, NotFound, StationError

MOST_HANDLES: Final = 16
WRITES: Final = Flag.WRITE | Flag.APPEND | Flag.CREAT | Flag.TRUNC
NOWHERE: Final = N_("There is nothing of this name in the drop box.")
FLAT: Final = N_("The drop box has files in /export and /incoming; no folders, links or other names.")
UNCHANGED: Final = N_("Neither the size nor the owner of a file in the drop box can be set.")


class Conversation:
    """Answers one request after the other. `told` gets what was refused, in words.

    `barred`: why nothing is given at all.
    """

    def __init__(
        self,
        station: Station,
        account: str,
        data: Path,
        spool_folder: Path,
        told: Callable[[str], None],
        *,
        barred: StationError | None = None,
    ) -> None:
        self._station = station
        self._account = account
        self._shelves: Mapping[Folder, Shelf] = {folder: Shelf(data, account, folder) for folder in FOLDERS}
        self._spools = Spools(station, spool_folder)
        self._told = told
        self._barred = barred
        self._opened: dict[bytes, Opened] = {}
        self._last = 0
        self._acts: Mapping[int, Callable[[Request], Awaitable[bytes]]] = {
            Kind.OPEN: self._open,
            Kind.CLOSE: self._close,
            Kind.READ: self._read,
            Kind.WRITE: self._write,
            Kind.LSTAT: self._stat,
            Kind.STAT: self._stat,
            Kind.FSTAT: self._handle_stat,
            Kind.SETSTAT: self._set_stat,
            Kind.FSETSTAT: self._handle_set_stat,
            Kind.OPENDIR: self._open_folder,
            Kind.READDIR: self._read_folder,
            Kind.REMOVE: self._remove,
            Kind.REALPATH: self._real_path,
            Kind.MKDIR: self._flat,
            Kind.RMDIR: self._flat,
            Kind.RENAME: self._flat,
            Kind.READLINK: self._flat,
            Kind.SYMLINK: self._flat,
        }

    async def answer(self, request: Request) -> bytes:
        """The packet that answers; refusals as well."""
        number = request.number
        try:
            if self._barred is not None:
                raise self._barred
            act = self._acts.get(request.kind)
            if act is None:
                return packets.status(number, Code.OP_UNSUPPORTED, _("This is not offered here."))
            return await act(request)
        except EOFError:
            return packets.status(number, Code.EOF)
        except NotFound as refusal:
            return packets.status(number, Code.NO_SUCH_FILE, _worded(refusal))
        except NotAllowed as refusal:
            return self._refused(number, Code.PERMISSION_DENIED, _worded(refusal))
        except StationError as refusal:
            return self._refused(number, Code.FAILURE, _worded(refusal))
        except OSError as error:
            text = _("The station's disk refuses it: {reason}.").format(reason=error.strerror or error)
            return self._refused(number, Code.FAILURE, text)

    def close(self) -> None:
        """Nobody is there any more: what is not whole is dropped."""
        for opened in self._opened.values():
            opened.drop()
        self._opened.clear()
        self._spools.close()

    def _refused(self, number: int, code: Code, words: str) -> bytes:
        self._told(words)
        return packets.status(number, code, words)

    # Handles

    def _hold(self, number: int, opened: Opened) -> bytes:
        self._last += 1
        name = self._last.to_bytes(4, "big")
        self._opened[name] = opened
        return packets.handle(number, name)

    def _require_free_handle(self) -> None:
        if len(self._opened) >= MOST_HANDLES:
            raise Invalid(N_("At most {most} files are open at once."), most=MOST_HANDLES)

    def _held(self, request: Request) -> Opened:
        opened = self._opened.get(request.handle)
        if opened is None:
            raise Invalid(N_("This file is not open."))
        return opened

    async def _open(self, request: Request) -> bytes:
        self._require_free_handle()
        writes = bool(request.flags & WRITES)
        place = resolve(request.path) if writes else _place(request.path)
        if place is None or place.folder is None or not place.name:
            raise NotAllowed(N_("Files are sent into /incoming and fetched from /export."))
        if writes:
            return self._hold(request.number, self._receive(place.folder, place.name, Flag(request.flags)))
        return self._hold(request.number, await self._fetch(place.folder, place.name))

    def _receive(self, folder: Folder, name: str, flags: Flag) -> Upload:
        if folder != "incoming":
            raise NotAllowed(N_("Files are sent into /incoming; those of /export are made by the station."))
        if flags & Flag.READ:
            raise NotAllowed(N_("A file is sent whole or fetched; it cannot be edited here."))
        shelf = self._shelves[folder]
        if not flags & Flag.TRUNC and any(file.name == name for file in shelf.files()):
            raise NotAllowed(N_("{name} is there already: remove it, or send it whole again."), name=name)
        return shelf.receive(name)

    async def _fetch(self, folder: Folder, name: str) -> Readable:
        if folder == "export":
            spooled = await self._spools.get(name)
            if spooled is not None:
                return Readable(os.dup(spooled.file.fileno()), folder, spooled.size, spooled.at)
        file = self._shelves[folder].file(name)
        with self._shelves[folder].open(name) as opened:
            return Readable(os.dup(opened.fileno()), folder, file.size, file.at)

    async def _close(self, request: Request) -> bytes:
        opened = self._held(request)
        del self._opened[request.handle]
        if isinstance(opened, Upload):
            await keep(opened, self._station, "file_received")
        else:
            opened.drop()
        return packets.status(request.number, Code.OK)

    async def _read(self, request: Request) -> bytes:
        opened = self._held(request)
        if not isinstance(opened, Readable):
            raise Invalid(N_("This file is not open for reading."))
        return packets.content(request.number, opened.read(request.offset, request.length))

    async def _write(self, request: Request) -> bytes:
        opened = self._held(request)
        if not isinstance(opened, Upload):
            raise Invalid(N_("This file is not open for writing."))
        opened.write(request.offset, request.content)
        return packets.status(request.number, Code.OK)

    # Facts

    async def _stat(self, request: Request) -> bytes:
        place = _place(request.path)
        if place.folder is None or not place.name:
            return packets.attributes(request.number, folder_attributes())
        return packets.attributes(request.number, await self._facts(place.folder, place.name))

    async def _facts(self, folder: Folder, name: str) -> Attributes:
        spooled = await self._spools.get(name) if folder == "export" else None
        if spooled is not None:
            return file_attributes(folder, spooled.size, spooled.at)
        file = self._shelves[folder].file(name)
        return file_attributes(folder, file.size, file.at)

    async def _handle_stat(self, request: Request) -> bytes:
        return packets.attributes(request.number, self._held(request).attributes)

    async def _set_stat(self, request: Request) -> bytes:
        """Times and modes are taken and forgotten: programs set them after an upload."""
        place = _place(request.path)
        if place.folder is not None and place.name and not self._is_made(place):
            self._shelves[place.folder].file(place.name)
        if request.attributes.size is not None or request.attributes.ownership:
            raise NotAllowed(UNCHANGED)
        return packets.status(request.number, Code.OK)

    async def _handle_set_stat(self, request: Request) -> bytes:
        opened, wanted = self._held(request), request.attributes
        if wanted.ownership or (wanted.size is not None and not isinstance(opened, Upload)):
            raise NotAllowed(UNCHANGED)
        if wanted.size is not None and isinstance(opened, Upload):
            opened.shorten(wanted.size)
        return packets.status(request.number, Code.OK)

    async def _real_path(self, request: Request) -> bytes:
        place = _place(request.path)
        known = folder_attributes()
        return packets.names(request.number, [(place.path, place.path, known)])

    # Folders

    async def _open_folder(self, request: Request) -> bytes:
        self._require_free_handle()
        place = _place(request.path)
        if place.name:
            raise NotFound(NOWHERE)
        if place.folder is None:
            entries = [(str(folder), folder_attributes()) for folder in FOLDERS]
        else:
            entries = self._entries(place.folder)
        return self._hold(
            request.number,
            Listing([(name, line(name, known, self._account), known) for name, known in entries]),
        )

    def _entries(self, folder: Folder) -> list[tuple[str, Attributes]]:
        entries: list[tuple[str, Attributes]] = []
        if folder == "export":
            for row in MADE:
                spooled = self._spools.known(row.name)
                size, at = (None, time.time()) if spooled is None else (spooled.size, spooled.at)
                entries.append((row.name, file_attributes(folder, size, at)))
        made = {name for name, _known in entries}
        entries += [
            (file.name, file_attributes(folder, file.size, file.at))
            for file in self._shelves[folder].files()
            if file.name not in made
        ]
        return entries

    async def _read_folder(self, request: Request) -> bytes:
        opened = self._held(request)
        if not isinstance(opened, Listing):
            raise Invalid(N_("This is no folder."))
        return packets.names(request.number, opened.take())

    async def _remove(self, request: Request) -> bytes:
        place = _place(request.path)
        if place.folder is None or not place.name or self._is_made(place):
            raise NotAllowed(FLAT)
        shelf = self._shelves[place.folder]
        removed = shelf.file(place.name)
        await self._station.note_file("file_removed", removed.name, removed.size)
        shelf.remove(place.name)
        return packets.status(request.number, Code.OK)

    async def _flat(self, _request: Request) -> bytes:
        raise NotAllowed(FLAT)

    @staticmethod
    def _is_made(place: Place) -> bool:
        return place.folder == "export" and any(row.name == place.name for row in MADE)


def _place(path: bytes) -> Place:
    place = resolve(path) if path else ROOT
    if place is None:
        raise NotFound(NOWHERE)
    return place


def _worded(refusal: StationError) -> str:
    return _(refusal.template).format(**refusal.values)
