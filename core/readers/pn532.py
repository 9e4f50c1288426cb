"""A reader with the chip PN532 on a serial line (HSU)."""

from __future__ import annotations

from collections.abc import Callable

from core.clock import Clock
from core.lines.opening import open_port
from core.lines.port import DeviceLost
from core.readers.link import Link
from core.readers.pn532_dialogue import Dialogue, Refused
from core.readers.reader import Signal
from core.readers.recovery import Sighting
from core.readers.uid import Order, uid_from_bytes

GET_FIRMWARE_VERSION = bytes.fromhex("02")
SAM_CONFIGURATION = bytes.fromhex("14010001")
IN_LIST_PASSIVE_TARGET = bytes.fromhex("4A0100")
"""Look for one card of ISO/IEC 14443 A at 106 kbit/s."""

ANSWER_SECONDS = 0.5
LOOK_SECONDS = 1.0
"""The chip looks for a card until there is one; so often it is asked whether it still is there itself."""

AGAIN_SECONDS = 0.25
CARD_LENGTHS = (4, 7, 10)
RANDOM = 0x08
"""First byte of an identifier of four bytes that a card makes up anew each time (ISO/IEC 14443-3)."""


class Pn532:
    """The chip by itself has nothing that could be heard; a card needs about a tenth of a second."""

    def __init__(self, link: Link, pace: Clock) -> None:
        self._link = link
        self._pace = pace

    async def serve(self, found: Callable[[str], None], seen: Callable[[Sighting], None]) -> None:
        """Wake the chip and let it look for cards. Raises DeviceLost."""
        port = await open_port(self._link, self._pace.sleep)
        try:
            chip = Dialogue(port, self._pace.sleep)
            await self._answer(chip, SAM_CONFIGURATION)
            found(version(await self._answer(chip, GET_FIRMWARE_VERSION)))
            while True:
                try:
                    listed = await chip.ask(IN_LIST_PASSIVE_TARGET, LOOK_SECONDS)
                except TimeoutError:
                    continue
                card = sighting(listed, self._link.spelling.order)
                if card is not None:
                    seen(card)
                await self._pace.sleep(AGAIN_SECONDS)
        except Refused:
            raise DeviceLost("the device refuses the commands of a PN532") from None
        finally:
            port.close()

    async def beep(self, signal: Signal) -> None:
        """Nothing: the chip has no buzzer."""

    async def _answer(self, chip: Dialogue, command: bytes) -> bytes:
        try:
            return await chip.ask(command, ANSWER_SECONDS)
        except TimeoutError:
            raise DeviceLost("the PN532 does not answer") from None


def version(answer: bytes) -> str:
    """The chip and its firmware, of the answer to GetFirmwareVersion: IC, version, revision, support."""
    if len(answer) != 4:
        return ""
    return f"PN5{answer[0]:02X} {answer[1]}.{answer[2]}"


def sighting(listed: bytes, order: Order) -> Sighting | None:
    """The card in the answer to InListPassiveTarget; None without a card, or with one that is not told whole.

    Number of cards, then number of the card, SENS_RES (2 bytes), SEL_RES, length of the identifier, the
    identifier, and what else the card says of itself.
    """
    if len(listed) < 6 or listed[0] != 1:
        return None
    uid = listed[6 : 6 + listed[5]]
    if listed[5] not in CARD_LENGTHS or len(uid) < listed[5]:
        return None
    return Sighting(uid=uid_from_bytes(uid, order), is_fleeting=len(uid) == 4 and uid[0] == RANDOM)
