"""A PN532 on HSU, answering the frames of its manual, with the faults of a bad wire."""

from __future__ import annotations

from tests.core.readers.models.line_end import LineEnd

ACK = bytes.fromhex("00 00 FF 00 FF 00")
NACK = bytes.fromhex("00 00 FF FF 00 00")
SYNTAX_ERROR = bytes.fromhex("00 00 FF 01 FF 7F 81 00")
WAKE = bytes.fromhex("55 55")

SAM_CONFIGURATION = bytes.fromhex("14 01 00 01")
GET_FIRMWARE_VERSION = bytes.fromhex("02")
IN_LIST_PASSIVE_TARGET = bytes.fromhex("4A 01 00")


def answer(content: str) -> bytes:
    """Return `00 00 FF LEN LCS D5 ... DCS 00` around the bytes that follow D5."""
    body = bytes.fromhex("D5" + content)
    length = len(body)
    checksums = [(0x100 - length) & 0xFF, (0x100 - sum(body)) & 0xFF]
    return bytes([0x00, 0x00, 0xFF, length, checksums[0], *body, checksums[1], 0x00])


class Pn532Model:
    """The chip. It sleeps until it is woken, and looks for a card until it sees one or is told to stop.

    `is_silent`: it takes everything in and says nothing. `deaf_to` commands are not acknowledged.
    `garbage` comes before every frame. `damaged` is how many of the next answers have a flipped bit, `cut`
    how many lose their last bytes. `is_foreign`: it knows no command.
    """

    def __init__(self, line: LineEnd) -> None:
        self.line = line
        line.on_received = self._received
        self.commands: list[str] = []
        self.not_understood: list[str] = []
        self.is_silent = False
        self.is_foreign = False
        self.deaf_to = 0
        self.damaged = 0
        self.cut = 0
        self.garbage = b""
        self.nacks = 0
        self.aborts = 0
        self._card = ""
        self.lose_power()

    def lose_power(self) -> None:
        self._is_awake = False
        self._is_configured = False
        self._is_looking = False
        self._held = b""
        self._last = b""

    def fall_asleep(self) -> None:
        self._is_awake = False
        self._is_looking = False

    def speak_again(self) -> None:
        """End a silence; what came meanwhile is gone."""
        self.line.drop_received()
        self._held = b""
        self.is_silent = False

    def hold_card(self, uid: str, *, more: str = "") -> None:
        """Hold a card to it; `more` is what follows the identifier."""
        self._card = f"01 00 04 08 {len(bytes.fromhex(uid)):02X} {uid} {more}"
        self._look()

    def take_card_away(self) -> None:
        self._card = ""

    def _received(self, received: bytes) -> None:
        self._held += received
        if not self._is_awake:
            if WAKE not in self._held:
                self._held = self._held[-1:]
                return
            self._is_awake = True
        while (start := self._held.find(bytes.fromhex("00 FF"))) >= 0:
            self._held = self._held[start:]
            if len(self._held) < 4:
                return
            length = self._held[2]
            if self._held[:4] in (ACK[1:5], NACK[1:5]):
                control, self._held = self._held[:4], self._held[4:]
                self._control(control)
                continue
            if len(self._held) < length + 5:
                return
            is_whole = (length + self._held[3]) & 0xFF == 0
            body, checksum, self._held = (
                self._held[4 : 4 + length],
                self._held[4 + length],
                self._held[5 + length :],
            )
            if is_whole and (sum(body) + checksum) & 0xFF == 0 and body[0] == 0xD4:
                self._command(body[1:])
            else:
                self.not_understood.append(body.hex())

    def _control(self, control: bytes) -> None:
        if control == ACK[1:5]:
            self.aborts += 1
            self._is_looking = False
        else:
            self.nacks += 1
            self._send(self._last)

    def _command(self, command: bytes) -> None:
        self._is_looking = False
        self.commands.append(command.hex().upper())
        if self.deaf_to:
            self.deaf_to -= 1
            return
        self._send(ACK)
        if self.is_foreign:
            self._say(SYNTAX_ERROR)
        elif command == SAM_CONFIGURATION:
            self._is_configured = True
            self._say(answer("15"))
        elif command == GET_FIRMWARE_VERSION:
            self._say(answer("03 32 01 06 07"))
        elif command == IN_LIST_PASSIVE_TARGET and self._is_configured:
            self._is_looking = True
            self._look()
        else:
            self._say(SYNTAX_ERROR)

    def _look(self) -> None:
        if self._is_looking and self._card:
            self._is_looking = False
            self._say(answer(f"4B 01 {self._card}"))

    def _say(self, frame: bytes) -> None:
        self._last = frame
        if self.damaged:
            self.damaged -= 1
            frame = frame[:-3] + bytes([frame[-3] ^ 0x10]) + frame[-2:]
        if self.cut:
            self.cut -= 1
            frame = frame[:-4]
        self._send(frame)

    def _send(self, frame: bytes) -> None:
        if not self.is_silent:
            self.line.send(self.garbage + frame)
