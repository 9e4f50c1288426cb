"""The ways for files at one terminal."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from console.transfer.text_way import TextWay
from console.transfer.zmodem_way import ZmodemWay
from console.wire_driver import WireDriver
from screens.file_channel import FileWay


class TerminalFiles:
    """Implements FileChannel. `baud` is None where nobody knows how fast the wire is."""

    def __init__(self, driver: WireDriver, folder: Path, *, baud: int | None) -> None:
        self._folder = folder
        self._baud = baud
        self.ways: tuple[FileWay, ...] = (ZmodemWay(driver, folder, baud), TextWay(driver, baud))

    @property
    def pace(self) -> str:
        return "" if self._baud is None else f"{self._baud} baud"

    def spool(self) -> BinaryIO:
        return cast("BinaryIO", tempfile.TemporaryFile(dir=self._folder))
