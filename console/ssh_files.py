"""The drop box on an SSH channel: packets in, answers out, one after the other, at the client's pace."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Final

import asyncssh

from console.commands.exit_codes import DONE, FAILED, TRY_LATER
from console.drop_box import packets
from console.drop_box.conversation import Conversation
from console.drop_box.packets import BadRequest, Code, Kind, Malformed, Request, read_request, take_packet
from console.ssh_login import Visitor
from console.texts import _
from console.transfer.folders import transfer_folder
from core.api import Station
from core.errors import NotAllowed, StationError, TryLater

log = logging.getLogger(__name__)

IDLE_S: Final = 600.0
TOUCH_EVERY_S: Final = 20.0
MOST_WAITING: Final = 2 * packets.LONGEST_PACKET
"""Bytes of requests that wait here; more wait at the client."""
MOST_UNTAKEN: Final = 256 * 1024
"""Bytes of answers that wait for the client before the next request is looked at."""


class _Over(Exception):
    """Nothing more is to be answered."""


class SshFiles:
    """Implements SeatedConsole."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes], visitor: Visitor) -> None:
        self._channel = channel
        self._visitor = visitor
        self._arrived = bytearray()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._ended = False
        self._is_paused = False
        self._touched = 0.0
        self._until: asyncio.Timeout | None = None
        version = str(channel.get_extra_info("client_version", ""))
        self._shows_errors = "OpenSSH" in version
        """OpenSSH's programs do not print the words of a refusal, but what comes on standard error."""

    def feed(self, data: bytes) -> None:
        self._arrived += data
        if len(self._arrived) > MOST_WAITING and not self._is_paused:
            self._is_paused = True
            self._channel.pause_reading()
        self._news.set()

    def resize(self, columns: int, rows: int) -> None:
        """There is no screen."""

    def line_is_free(self) -> None:
        self._room.set()

    def hang_up(self) -> None:
        """What has arrived whole is still answered, unless nobody is there any more."""
        self._ended = True
        if self._channel.is_closing():
            self._stop()
        self._news.set()
        self._room.set()

    async def run(self) -> int:
        """Answer until the client leaves, the session ends, or nothing comes for ten minutes."""
        station = self._visitor.station
        if station is None:
            return TRY_LATER
        try:
            async with asyncio.timeout(None) as until:
                self._until = until
                watching = asyncio.create_task(self._watch(station), name="session of sftp")
                try:
                    await self._serve(station)
                finally:
                    self._until = None
                    watching.cancel()
                    await asyncio.gather(watching, return_exceptions=True)
        except _Over:
            return DONE
        except StationError as refusal:
            # The session is over, or the station is.
            self._visitor.station = None
            return TRY_LATER if isinstance(refusal, TryLater) else FAILED
        except Malformed:
            log.info("the files of %s ended: not SFTP", self._visitor.address)
            return FAILED
        except TimeoutError:
            return FAILED
        except OSError as error:
            log.warning("the files of %s ended: %s", self._visitor.address, error)
            return FAILED
        return DONE

    def _stop(self) -> None:
        if self._until is not None and not self._until.expired():
            self._until.reschedule(asyncio.get_running_loop().time())

    async def _watch(self, station: Station) -> None:
        """End with the session at the station."""
        with contextlib.suppress(StationError):
            async for _event in station.events():
                pass
        self._visitor.station = None
        self._stop()

    async def _serve(self, station: Station) -> None:
        barred: StationError | None = None
        account = ""
        try:
            account = (await station.whoami()).account
            await station.exchange_files()
        except NotAllowed as refusal:
            barred = refusal
        await self._greet()
        with transfer_folder(self._visitor.folder) as spools:
            conversation = Conversation(
                station, account, self._visitor.folder, spools, self._tell, barred=barred
            )
            try:
                while True:
                    await self._write(await self._answer(conversation))
                    await self._touch(station)
            finally:
                conversation.close()

    async def _greet(self) -> None:
        hello = read_request(await self._packet())
        if hello.kind != Kind.INIT or hello.number < packets.VERSION:
            raise Malformed
        await self._write(packets.version())

    async def _answer(self, conversation: Conversation) -> bytes:
        packet = await self._packet()
        try:
            request: Request = read_request(packet)
        except BadRequest as bad:
            return packets.status(bad.number, Code.BAD_MESSAGE, _("This request is not understood."))
        return await conversation.answer(request)

    async def _packet(self) -> bytes:
        while (packet := take_packet(self._arrived)) is None:
            if self._ended:
                raise _Over
            self._news.clear()
            if self._is_paused:
                # What waited in the channel is fed at once.
                self._is_paused = False
                self._channel.resume_reading()
            await asyncio.wait_for(self._news.wait(), IDLE_S)
        return packet

    async def _write(self, packet: bytes) -> None:
        if self._channel.is_closing():
            raise _Over
        self._channel.write(packet)
        while self._channel.get_write_buffer_size() > MOST_UNTAKEN:
            if self._ended or self._channel.is_closing():
                raise _Over
            self._room.clear()
            await asyncio.wait_for(self._room.wait(), IDLE_S)

    def _tell(self, words: str) -> None:
        if self._shows_errors and not self._channel.is_closing():
            self._channel.write(f"{words}\n".encode(), asyncssh.EXTENDED_DATA_STDERR)

    async def _touch(self, station: Station) -> None:
        now = time.monotonic()
        if now - self._touched >= TOUCH_EVERY_S:
            self._touched = now
            await station.touch()
