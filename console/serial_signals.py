"""What a serial line marks in the bytes it gives: BREAK, and characters that arrived damaged."""

from __future__ import annotations

from dataclasses import dataclass, field

MARK = 0xFF


@dataclass
class MarkedInput:
    """Undoes the kernel's PARMRK: FF FF is FF, FF 00 00 is BREAK, FF 00 x is a damaged x and dropped."""

    _begun: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> tuple[bytes, bool]:
        """The bytes that were sent after the last BREAK in `data`, and whether there was one."""
        sent = bytearray()
        was_break = False
        for byte in data:
            begun = self._begun
            if not begun:
                if byte == MARK:
                    begun.append(byte)
                else:
                    sent.append(byte)
            elif len(begun) == 1:
                if byte == 0:
                    begun.append(byte)
                else:
                    sent.append(byte)
                    begun.clear()
            else:
                if byte == 0:
                    was_break = True
                    sent.clear()
                begun.clear()
        return bytes(sent), was_break
