"""Files by ZMODEM, with the programs sz and rz at this end."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

from console.line_clock import BITS_PER_BYTE
from console.texts import N_, _
from console.transfer.folders import transfer_folder
from console.transfer.late_frames import GIVE_UP, OVER_AND_OUT, Answers, LateFrames, settle
from console.transfer.lent_terminal import LentTerminal, lent
from console.transfer.lrzsz import RECEIVE, SEND, Partner, program
from console.transfer.names import plain_name
from console.transfer.relay import Ending, Relay
from console.wire_driver import WireDriver
from screens.file_channel import NotTransferred, OfferedFile, ReceivedFile, Told, WantedFile, WayName

FRAMES: Final = 1.02
"""ZMODEM adds some twenty bytes to a thousand."""
GREETINGS_S: Final = 1.0
ESCAPED: Final = bytes((*range(0x20), *range(0x80, 0xA0)))
CHUNKS_A_SECOND: Final = 10
CHUNK: Final = 16384
"""Bytes at a time where the wire is no line."""
FREE_SPACE: Final = 16 * 1024 * 1024
"""Bytes that stay free on the disk whatever comes."""
ENDINGS: Final = {
    Ending.CANCELLED_HERE: N_("Cancelled."),
    Ending.CANCELLED_THERE: N_("The terminal program has cancelled it."),
    Ending.REFUSED: N_("The terminal program refused the file. Has it one of this name already?"),
    Ending.SILENT: N_("The terminal program did not answer. Without ZMODEM, marked text works."),
    Ending.STALLED: N_("The terminal program fell silent before the end. Try again."),
    Ending.TOO_LARGE: N_("The file is too large for its kind. Nothing of it was kept."),
    Ending.FAILED: N_("The file did not go through whole. Try again."),
}


class ZmodemWay:
    """Implements FileWay. `folder` is the data folder."""

    name: WayName = "zmodem"
    label = "ZMODEM"
    letter = "z"
    largest: int | None = None

    def __init__(self, driver: WireDriver, folder: Path, baud: int | None) -> None:
        self._driver = driver
        self._folder = folder
        self._baud = baud

    @property
    def missing(self) -> str:
        if program("sz") and program("rz"):
            return ""
        return _("the programs sz and rz are not on this station; its administrator can install lrzsz.")

    def guidance(self, *, outwards: bool) -> str:
        if outwards:
            return _("your terminal program receives by itself, or after its Receive.")
        return _("choose Send, ZMODEM and the file in your terminal program.")

    def seconds(self, offered: OfferedFile) -> float | None:
        if self._baud is None:
            return None
        escaped = offered.size + _control_characters(offered.file)
        return GREETINGS_S + escaped * FRAMES * BITS_PER_BYTE / self._baud

    async def send(self, offered: OfferedFile, told: Told) -> None:
        name = plain_name(offered.name)
        with _readable(offered) as descriptor, self._new_folder() as folder:
            # Nothing but a link is in the folder: the content has no name that could be left behind.
            (folder / name).symlink_to(f"/proc/self/fd/{descriptor}")
            async with self._terminal(OVER_AND_OUT) as terminal:
                terminal.say(
                    _("Sending {name} by ZMODEM.").format(name=name),
                    _("If nothing happens, choose Receive, ZMODEM in your terminal program."),
                    _("Esc or ^C cancels until it answers; then its own Cancel does."),
                )
                words = (program("sz") or "sz", *SEND, "--", name)
                await self._carry(terminal, words, folder, told, kept=(descriptor,))

    async def receive(self, wanted: WantedFile, told: Told) -> ReceivedFile:
        with self._new_folder() as folder:
            if shutil.disk_usage(folder).free < wanted.largest + FREE_SPACE:
                raise NotTransferred(_("There is no room on the station's disk for a file of this kind."))
            async with self._terminal(GIVE_UP) as terminal:
                terminal.say(
                    _("Choose Send, ZMODEM and the file in your terminal program."),
                    _("Esc or ^C cancels until it begins; then its own Cancel does."),
                )
                words = (program("rz") or "rz", *RECEIVE)
                await self._carry(terminal, words, folder, told, largest=wanted.largest)
            return _taken(folder)

    @contextlib.contextmanager
    def _new_folder(self) -> Iterator[Path]:
        try:
            with transfer_folder(self._folder) as folder:
                yield folder
        except OSError as error:
            raise NotTransferred(
                _("The station's disk refuses it: {reason}.").format(reason=error.strerror or error)
            ) from None

    @contextlib.asynccontextmanager
    async def _terminal(self, farewell: bytes) -> AsyncIterator[LentTerminal]:
        """The terminal until its program has left ZMODEM too; frames that come later are no keys."""
        answers = Answers(farewell)
        with lent(self._driver) as terminal:
            try:
                yield terminal
            finally:
                terminal.typed_of = LateFrames(
                    answers, terminal.write, self._driver.repaint, self._driver.press_typed
                )
            await settle(terminal, answers)

    async def _carry(
        self,
        terminal: LentTerminal,
        words: tuple[str, ...],
        folder: Path,
        told: Told,
        *,
        kept: tuple[int, ...] = (),
        largest: int | None = None,
    ) -> None:
        partner = Partner()
        try:
            await partner.start(words, folder, slow=self._baud is not None, kept=kept, largest=largest)
        except OSError as error:
            terminal.write(GIVE_UP)
            raise NotTransferred(
                _("The program {name} cannot be started on the station: {reason}.").format(
                    name=words[0], reason=error.strerror or error
                )
            ) from None
        try:
            chunk = CHUNK if self._baud is None else max(64, self._baud // BITS_PER_BYTE // CHUNKS_A_SECOND)
            most = None if largest is None else 3 * largest + CHUNK
            relay = Relay(terminal, partner, told, chunk, most)
            ending = await relay.run()
        except BaseException:
            # The session ends, or the wire is stuck: the other end must not wait for more.
            terminal.write(GIVE_UP)
            raise
        finally:
            await partner.gone()
        if ending is Ending.DONE:
            if relay.farewells > 1:
                terminal.write(OVER_AND_OUT)
            return
        terminal.write(GIVE_UP)
        await settle(terminal, Answers(GIVE_UP))
        raise NotTransferred(_(ENDINGS[ending]))


def _control_characters(file: BinaryIO) -> int:
    file.seek(0)
    count = 0
    while data := file.read(1 << 20):
        count += len(data) - len(data.translate(None, ESCAPED))
    return count


@contextlib.contextmanager
def _readable(offered: OfferedFile) -> Iterator[int]:
    """A descriptor of the content, from its start."""
    offered.file.seek(0)
    try:
        descriptor = offered.file.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(offered.file, copy)
            copy.flush()
            yield copy.fileno()
    else:
        yield descriptor


def _taken(folder: Path) -> ReceivedFile:
    """The one file that came. Raises NotTransferred for none and for several."""
    came = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    if not came:
        raise NotTransferred(_("No file came."))
    if len(came) > 1:
        raise NotTransferred(
            _("{count} files came. Send one at a time; none was taken.").format(count=len(came))
        )
    file = cast("BinaryIO", came[0].open("rb"))
    return ReceivedFile(name=plain_name(came[0].name), file=file, size=came[0].stat().st_size)
