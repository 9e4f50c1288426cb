"""Where an escape sequence from a terminal ends (ECMA-48, with the forms that terminals add to it)."""

from __future__ import annotations

from typing import Final

ESC: Final = 0x1B
BEL: Final = 0x07

_STRINGS: Final = frozenset(b"]PX^_")
"""OSC, DCS, SOS, PM, APC: everything up to the terminator belongs to them."""
_TERMINATES: Final = 0x5C
"""What makes an ESC within a string its terminator."""
_LONGEST: Final = 64
"""Bytes of a sequence that are kept; the rest of a longer one is dropped as it comes."""
_MOUSE_REPORT: Final = 3
"""Bytes after ``CSI M``, which old mouse reports put there in any value."""


class EscapeSequence:
    """One sequence as it arrives, begun by ESC."""

    def __init__(self) -> None:
        self.body = bytearray()
        """What came after ESC; of a long one, its beginning."""
        self._left = 0
        """Bytes known to follow still."""
        self._ends_string = False

    @property
    def is_alone(self) -> bool:
        """True when nothing followed ESC so far."""
        return not self.body

    @property
    def is_string(self) -> bool:
        """True when it runs up to a terminator."""
        return bool(self.body) and self.body[0] in _STRINGS

    @property
    def was_cut_short(self) -> bool:
        """True when the last byte was the ESC of a terminator, or of the next sequence."""
        return self._ends_string

    def takes(self, byte: int) -> bool:
        """True when the byte belongs to the sequence; otherwise the sequence is broken."""
        if self._left:
            return True
        if self._ends_string:
            return byte == _TERMINATES
        if self.is_string:
            return byte >= 0x20 or byte in (BEL, ESC)
        return 0x20 <= byte < 0x7F

    def add(self, byte: int) -> bool:
        """Add a byte that belongs to it, and return True when that was the last."""
        if self.is_string:
            ended = byte == BEL or self._ends_string
            self._ends_string = byte == ESC
            return ended
        if len(self.body) < _LONGEST:
            self.body.append(byte)
        if self._left:
            self._left -= 1
            return not self._left
        if self.body == b"[M":
            self._left = _MOUSE_REPORT
            return False
        return self._is_final(byte)

    def _is_final(self, byte: int) -> bool:
        introducer = self.body[0]
        if introducer in _STRINGS:
            return False
        if len(self.body) == 1:
            # ``ESC O`` and ``ESC [`` go on, and so does what has intermediate bytes.
            return introducer not in b"[O" and byte >= 0x30
        if introducer == ord("["):
            # The Linux console sends its first function keys as ``CSI [ A``.
            if self.body == b"[[":
                return False
            return byte >= 0x40
        if introducer == ord("O"):
            return byte >= 0x40
        return byte >= 0x30
