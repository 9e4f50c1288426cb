"""What somebody pastes, from mark to mark, in whatever pieces it arrives."""

from __future__ import annotations

import re
from typing import Final

from console.transfer.marked_text import BEGIN, END

BULK: Final = 4
"""Characters of text for a byte of the file at most; every byte may be a code of three."""
MARGIN: Final = 4096
FLOW_CONTROL: Final = b"\x00\x11\x13"
"""What terminal programs and adapters put between."""


class TooLong(Exception):
    """More came than the largest file of its kind can have."""


class Pasted:
    """Keeps the lines after the first mark until the last one; what stands around them is ignored."""

    def __init__(self, largest: int) -> None:
        """`largest`: bytes of the largest file of this kind."""
        self._most = largest * BULK + MARGIN
        self._rest = ""
        self.has_begun = False
        self.is_complete = False
        self.count = 0
        self.lines: list[str] = []

    def feed(self, data: bytes) -> None:
        """Take bytes as they were typed or pasted. Raises TooLong."""
        text = data.translate(None, FLOW_CONTROL).decode("ascii", "replace")
        *lines, self._rest = re.split(r"[\r\n]", self._rest + text)
        for line in lines:
            self._take(line)
        if self._rest.strip().startswith(END):
            self._take(self._rest)
        if not self.has_begun:
            self._rest = self._rest[-MARGIN:]
            return
        self.count += len(text)
        if self.count > self._most:
            raise TooLong

    def _take(self, line: str) -> None:
        if self.is_complete:
            return
        if line.rstrip().endswith(BEGIN):
            self.has_begun = True
            self.lines.clear()
        elif self.has_begun and line.strip().startswith(END):
            self.is_complete = True
        elif self.has_begun:
            self.lines.append(line)
