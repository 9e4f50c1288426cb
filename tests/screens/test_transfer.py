"""The Transfer dialog: what it says before, meanwhile and afterwards, and what it hands over."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from core.api import BadgeSelection, RecordExport
from core.errors import TryLater
from core.station import StationCore
from screens.file_channel import (
    BoxWay,
    FileWay,
    NotTransferred,
    OfferedFile,
    ReceivedFile,
    Told,
    WantedFile,
    WayName,
)
from screens.preparing import Portion, Preparing
from screens.transfer_words import size_words, time_words
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.stations import log_in, running_station


@dataclass
class KeptFiles:
    """A way that keeps what is sent, and gives what was left in it."""

    name: WayName = "zmodem"
    label: str = "Courier"
    letter: str = "c"
    missing: str = ""
    largest: int | None = None
    fails: list[str] = field(default_factory=list)
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    left: list[bytes] = field(default_factory=list)
    lost: bool = False
    """The station is away when the file is taken out of where it waited."""
    settled: str = ""
    """What is said when the file was taken out of where it waited."""

    def guidance(self, *, outwards: bool) -> str:
        return "it is carried out." if outwards else "it is carried in."

    def seconds(self, offered: OfferedFile) -> float | None:
        return 61.5

    async def send(self, offered: OfferedFile, told: Told) -> None:
        if self.fails:
            raise NotTransferred(self.fails.pop())
        offered.file.seek(0)
        self.sent.append((offered.name, offered.file.read()))
        told()

    async def receive(self, wanted: WantedFile, told: Told) -> ReceivedFile:
        if self.fails:
            raise NotTransferred(self.fails.pop())
        content = self.left.pop()
        return ReceivedFile(
            name="list.csv", file=io.BytesIO(content), size=len(content), settle=self._taken_out
        )

    async def _taken_out(self) -> str:
        if self.lost:
            raise TryLater("The station does not answer.")
        return self.settled


@dataclass
class Files:
    ways: tuple[FileWay, ...]
    box: BoxWay | None = None
    pace: str = "9600 baud"

    def spool(self) -> BinaryIO:
        return io.BytesIO()


@asynccontextmanager
async def at_a_station(
    folder: Path, *ways: KeptFiles, tab: str = "3"
) -> AsyncIterator[tuple[Sitting, StationCore]]:
    """Somebody whose terminal has these ways for files, at a tab of a station with three badges."""
    async with running_station("parking-2", folder, demo=tab == "4") as core:
        local = await log_in(core, "local")
        await local.clear_badges()
        for uid in ("3F420F", "E1EB1C02", "E1EB1C03"):
            await local.add_badge(uid, comment="Fleet")
        async with sitting(core) as seat:
            seat.app.files = Files(ways)
            await seat.press(tab)
            yield seat, core


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


async def test_the_dialog_says_all_first_and_the_outcome_last(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    courier = KeptFiles(fails=["The courier was not at home."])
    small = KeptFiles(name="text", label="Pigeon", letter="p", largest=100)
    absent = KeptFiles(name="drop_box", label="Drop box", missing="nobody has built one.")
    async with at_a_station(tmp_path, courier, small, absent) as (seat, core):
        await seat.press("x")
        assert picture_of(seat.app) == picture(name="send")
        assert "Courier: about 1 min 2 s at 9600 baud; it is carried out." in seat.text
        assert "Pigeon: for files of at most 100 bytes." in seat.text
        assert "Drop box: nobody has built one." in seat.text
        assert "[ Pigeon ]" not in seat.text
        await seat.press("c")
        assert "The courier was not at home." in seat.text
        await seat.press("c")
        expected = await (await log_in(core, "local")).export_badges()
        assert f"badges.csv went out by Courier: {len(expected)} bytes in 0 s." in seat.text
        assert courier.sent == [("badges.csv", expected)]
        await seat.press("enter")
        assert "3 badges, by number" in seat.text


async def test_a_terminal_without_any_way_is_told_the_command(tmp_path: Path) -> None:
    async with at_a_station(tmp_path) as (seat, _core):
        await seat.press("i")
        assert "A list of badges (.csv), at most 4,194,304 bytes" in seat.text
        assert "Without the console: ssh admin@STATION badges import < FILE" in seat.text
        await seat.press("escape")
        assert "Fetch a file" not in seat.text


async def test_an_import_shows_what_would_change_and_changes_nothing_when_it_is_not_wanted(
    tmp_path: Path, picture: SnapshotAssertion
) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier) as (seat, core):
        local = await log_in(core, "local")
        courier.left = [await local.export_badges()] * 2
        await local.remove_badges(BadgeSelection(uids=("3F420F", "E1EB1C03")))
        await local.set_badge("E1EB1C02", kind="vip")
        await local.add_badge("AABBCC")
        await seat.press("i", "c")
        assert "list.csv has come. Nothing is changed yet." in seat.text
        await seat.press("r")
        assert picture_of(seat.app) == picture(name="differences")
        await seat.press("n")
        assert len((await local.badges()).badges) == 2
        await seat.press("i", "c", "m", "y")
        assert "2 added, 1 changed, 0 removed, 0 unchanged." in seat.text
        assert len((await local.badges()).badges) == 4


async def test_every_faulty_line_of_a_list_is_named(tmp_path: Path) -> None:
    courier = KeptFiles(left=[b"Badge number,Identifier,Type,Comment\r\n1,XY,User,\r\n2,3F420F,Boss,\r\n"])
    async with at_a_station(tmp_path, courier) as (seat, core):
        await seat.press("i", "c", "r")
        assert "The list has faults; the register stays as it is." in seat.text
        assert "Line 2" in seat.text
        assert "Line 3" in seat.text
        assert len((await (await log_in(core, "local")).badges()).badges) == 3


async def test_records_go_out_as_the_command_gives_them(tmp_path: Path) -> None:
    courier = KeptFiles()
    async with at_a_station(tmp_path, courier, tab="4") as (seat, core):
        await seat.press("x")
        assert "records.csv" in seat.text
        assert "cdr export" in seat.text
        await seat.press("c")
        part = await (await log_in(core, "local")).export_records(RecordExport(last=None))
        assert part.place is None
        assert courier.sent == [("records.csv", part.text.encode())]


async def test_a_file_that_takes_long_to_make_can_be_given_up(tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[Portion]:
        for done in range(1_000_000):
            yield Portion(content=b"x", done=done, count=1_000_000)
            await seat.pilot.pause()

    async with at_a_station(tmp_path) as (seat, _core):
        ended: list[bool | None] = []
        seat.app.push_screen(Preparing("Export", endless(), io.BytesIO()), ended.append)
        await seat.pilot.pause()
        assert "The file is made ready." in seat.text
        await seat.press("escape")
        assert ended == [False]


@given(st.floats(min_value=0, max_value=1e6))
def test_a_time_in_words_is_never_shorter_than_the_time(seconds: float) -> None:
    words = time_words(seconds).split()
    units = {"s": 1, "min": 60, "h": 3600}
    said = sum(int(n) * units[unit] for n, unit in zip(words[1::2], words[2::2], strict=True))
    assert said >= min(seconds, 3600) or said + 60 > seconds


def test_sizes_in_words() -> None:
    assert [size_words(size) for size in (0, 1, 12345)] == ["0 bytes", "1 byte", "12,345 bytes"]
