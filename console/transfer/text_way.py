"""Files as marked text, for terminals without ZMODEM: copied from the screen or a log, and pasted."""

from __future__ import annotations

import io
from typing import Final

from console.line_clock import BITS_PER_BYTE
from console.texts import _
from console.transfer.lent_terminal import CANCEL_KEYS, LentTerminal, lent
from console.transfer.marked_text import BEGIN, Unreadable, from_lines, to_lines
from console.transfer.names import plain_name
from console.transfer.pasted import Pasted, TooLong
from console.wire_driver import WireDriver
from screens.file_channel import NotTransferred, OfferedFile, ReceivedFile, Told, WantedFile, WayName

LARGEST: Final = 1024 * 1024
"""Bytes of a file that somebody may want to copy as text."""
BEGINS_WITHIN_S: Final = 120.0
GOES_ON_WITHIN_S: Final = 20.0
STILL_THERE_S: Final = 60.0
QUIET_S: Final = 0.3
LEFT_OVER_S: Final = 10.0
"""How long the rest of a text that nobody wants may go on coming."""
COUNT_EVERY: Final = 2048
"""Bytes after which the count of what came is printed again."""
ENTER: Final = frozenset(b"\r\n")


class TextWay:
    """Implements FileWay."""

    name: WayName = "text"
    letter = "t"
    missing = ""
    largest: int | None = LARGEST

    def __init__(self, driver: WireDriver, baud: int | None) -> None:
        self._driver = driver
        self._baud = baud
        self._made: tuple[OfferedFile, bytes] | None = None

    @property
    def label(self) -> str:
        return _("Marked text")

    def guidance(self, *, outwards: bool) -> str:
        if outwards:
            return _("copied from the scroll-back or the log of any terminal program.")
        return _("pasted into any terminal program.")

    def seconds(self, offered: OfferedFile) -> float | None:
        if self._baud is None:
            return None
        return len(self._text(offered)) * BITS_PER_BYTE / self._baud

    def _text(self, offered: OfferedFile) -> bytes:
        """Its text, made once for its time on the wire and for itself."""
        if self._made is None or self._made[0] is not offered:
            self._made = (offered, _text_of(offered))
        return self._made[1]

    async def send(self, offered: OfferedFile, told: Told) -> None:
        text = self._text(offered)
        with lent(self._driver) as terminal:
            terminal.say(
                _("Copy the text from mark to mark, both marks included. It carries its checksum."),
                _("Esc or ^C cancels."),
                "",
            )
            await _write(terminal, text, told)
            terminal.say("", _("This was all of {name}. Press Enter to go back.").format(name=offered.name))
            while not ENTER.intersection(key := await terminal.arrived(STILL_THERE_S)):
                if key in CANCEL_KEYS:
                    break
            self._made = None
            screen = self._driver.terminal_screen
            terminal.scroll_away(screen.grid.height if screen else 0)
            told()

    async def receive(self, wanted: WantedFile, told: Told) -> ReceivedFile:
        with lent(self._driver) as terminal:
            terminal.say(
                _("Paste the text now, from mark to mark. It begins with the line"),
                BEGIN,
                _("Esc or ^C cancels."),
                "",
            )
            lines = await _read(terminal, Pasted(wanted.largest), told)
        try:
            name, content = from_lines(lines)
        except Unreadable as error:
            raise NotTransferred(_(error.template).format(**error.values)) from None
        return ReceivedFile(name=plain_name(name), file=io.BytesIO(content), size=len(content))


async def _write(terminal: LentTerminal, text: bytes, told: Told) -> None:
    for at in range(0, len(text), 256):
        await terminal.free()
        if terminal.cancelled():
            raise NotTransferred(_("Cancelled: the text is not complete."))
        terminal.write(text[at : at + 256])
        told()


async def _read(terminal: LentTerminal, pasted: Pasted, told: Told) -> list[str]:
    counted = 0
    try:
        while not pasted.is_complete:
            data = await terminal.arrived(GOES_ON_WITHIN_S if pasted.has_begun else BEGINS_WITHIN_S)
            if data in CANCEL_KEYS:
                raise NotTransferred(_("Cancelled: nothing was taken over."))
            if not data:
                raise NotTransferred(_silence(pasted))
            told()
            pasted.feed(data)
            if pasted.count - counted >= COUNT_EVERY:
                counted = pasted.count
                terminal.write(
                    b"\r" + _("{count} characters").format(count=counted).encode("ascii", "replace")
                )
    except TooLong:
        raise NotTransferred(_("The text is too long for this kind of file.")) from None
    finally:
        await terminal.quiet(QUIET_S, at_most_s=LEFT_OVER_S)
    return pasted.lines


def _silence(pasted: Pasted) -> str:
    if pasted.has_begun:
        return _("The text stopped before its last mark: nothing was taken over.")
    return _("No text came within {seconds} s.").format(seconds=round(BEGINS_WITHIN_S))


def _text_of(offered: OfferedFile) -> bytes:
    offered.file.seek(0)
    return ("\r\n".join(to_lines(offered.name, offered.file.read())) + "\r\n").encode("ascii")
