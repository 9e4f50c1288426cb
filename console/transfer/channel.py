"""The ways for files at one terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from console.drop_box.dialog_way import DropBoxWay
from console.transfer.text_way import TextWay
from console.transfer.zmodem_way import ZmodemWay
from console.wire_driver import WireDriver
from core.api import Station
from screens.file_channel import BoxWay, FileWay


class TerminalFiles:
    """Implements FileChannel. `baud` is None where nobody knows how fast the wire is.

    `who` gives the station and the account of whoever is logged in.
    """

    def __init__(
        self,
        driver: WireDriver,
        folder: Path,
        *,
        baud: int | None,
        who: Callable[[], tuple[Station, str] | None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._baud = baud
        self.box: BoxWay | None = DropBoxWay(folder, who)
        self.ways: tuple[FileWay, ...] = (ZmodemWay(driver, folder, baud), TextWay(driver, baud), self.box)

    @property
    def pace(self) -> str:
        return "" if self._baud is None else f"{self._baud} baud"

    def spool(self) -> BinaryIO:
        return cast("BinaryIO", tempfile.TemporaryFile(dir=self._folder))
