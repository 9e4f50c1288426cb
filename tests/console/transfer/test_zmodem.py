"""ZMODEM with the programs of lrzsz at both ends of a line: whole files, a whole screen, nothing typed."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from console.transfer.folders import NAME
from screens.file_channel import NotTransferred, WantedFile, offered_bytes
from tests.console.transfer.line_session import LineSession, line_session
from tests.effort import Effort

pytestmark = pytest.mark.peer("sz", "rz")

STARTS_RECEIVER = b"rz\r**\x18B00"
STARTS_SENDER = b"**\x18B01"


def content(size: int) -> bytes:
    """Every byte there is, flow control and what terminal programs take for themselves."""
    return random.Random(size).randbytes(size)  # noqa: S311 - a file to carry


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def told() -> None:
    return None


def wanted(largest: int = 1_000_000) -> WantedFile:
    return WantedFile(what="a file", largest=largest)


async def send(at: LineSession, sent: bytes, folder: Path, *, at_once: bool) -> asyncio.Task[None]:
    """Send a file to the terminal's rz; `at_once`: it is started by hand, before it was asked for."""
    zmodem = at.files.ways[0]
    sending = asyncio.create_task(zmodem.send(offered_bytes("export.bin", sent), told))
    await at.shows("Sending export.bin by ZMODEM", "its own Cancel does.")
    if not at_once:
        await at.until(lambda: STARTS_RECEIVER in at.output)
    assert await at.runs("rz", "--quiet", "--overwrite", folder=folder) == 0
    return sending


async def is_whole(at: LineSession, before: str) -> None:
    """The screen is as it was, nothing was typed, and keys still are."""
    await at.shows_again(before)
    assert at.typed == ""
    at.send(b"a*1")
    await at.until(lambda: at.typed == "a*1")
    await at.shows("a*1")


async def carried_both_ways(tmp_path: Path, baud: int, size: int, *, at_once: bool = False) -> None:
    there, here, data = tmp_path / "there", tmp_path / "here", content(size)
    there.mkdir()
    here.mkdir()
    async with line_session(here, baud) as at:
        before = at.text
        await (await send(at, data, there, at_once=at_once))
        assert (there / "export.bin").read_bytes() == data
        await at.shows_again(before)
        at.output.clear()
        receiving = asyncio.create_task(at.files.ways[0].receive(wanted(), told))
        await at.until(lambda: STARTS_SENDER in at.output)
        assert await at.runs("sz", "--quiet", "export.bin", folder=there) == 0
        received = await receiving
        assert (received.name, received.size, received.take()) == ("export.bin", size, data)
        await is_whole(at, before)
    assert names_in(here / NAME) == []


@pytest.mark.slow
async def test_files_are_the_same_at_the_pace_of_their_lines(tmp_path: Path, effort: Effort) -> None:
    """Lines of their own, at the same time; the last terminal's receiver answers twice and is sent home."""
    sizes = ((115200, 1024, False), (115200, effort(0, 100_000), False), (9600, effort(100, 100_000), False))
    async with asyncio.TaskGroup() as lines:
        for number, (baud, size, at_once) in enumerate((*sizes, (115200, 1, True))):
            folder = tmp_path / f"{number}-{baud}-{size}"
            folder.mkdir()
            lines.create_task(carried_both_ways(folder, baud, size, at_once=at_once))


async def test_a_key_cancels_before_the_terminal_answers(tmp_path: Path) -> None:
    async with line_session(tmp_path, 115200) as at:
        before = at.text
        sending = asyncio.create_task(at.files.ways[0].send(offered_bytes("a.csv", b"1"), told))
        await at.until(lambda: STARTS_RECEIVER in at.output)
        at.send(b"\x03")
        with pytest.raises(NotTransferred, match="Cancelled"):
            await sending
        await is_whole(at, before)
    assert names_in(tmp_path / NAME) == []


async def test_a_receiver_that_begins_late_is_ended_and_the_screen_drawn_again(tmp_path: Path) -> None:
    async with line_session(tmp_path, 115200) as at:
        before = at.text
        sending = asyncio.create_task(at.files.ways[0].send(offered_bytes("a.csv", b"1"), told))
        await at.until(lambda: STARTS_RECEIVER in at.output)
        at.send(b"\x1b")
        with pytest.raises(NotTransferred, match="Cancelled"):
            await sending
        assert await at.runs("rz", "--quiet", folder=tmp_path) != 0
        await is_whole(at, before)


async def test_the_end_of_a_session_ends_the_transfer_at_both_ends(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    async with line_session(here, 9600) as at:
        sending = asyncio.create_task(at.files.ways[0].send(offered_bytes("a.bin", content(50_000)), told))
        await at.until(lambda: STARTS_RECEIVER in at.output)
        receiver = await at.starts("rz", "--quiet", folder=there)
        await at.until(lambda: names_in(there) != [])
        sending.cancel()
        assert await receiver.wait() != 0
        at.listen()
        with pytest.raises(asyncio.CancelledError):
            await sending
    assert names_in(here / NAME) == []


async def test_a_wire_that_is_no_line_loses_nothing_of_a_long_file(tmp_path: Path, effort: Effort) -> None:
    here, there, data = (
        tmp_path / "here",
        tmp_path / "there",
        content(effort(default=300_000, long=20_000_000)),
    )
    here.mkdir()
    there.mkdir()
    async with line_session(here, None) as at:
        await (await send(at, data, there, at_once=False))
    assert (there / "export.bin").read_bytes() == data


async def test_without_the_programs_the_reason_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line_session(tmp_path, 115200) as at:
        assert at.files.ways[0].missing == ""
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "can install lrzsz" in at.files.ways[0].missing


async def test_a_program_that_cannot_be_started_ends_the_transfer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "sz"
    broken.write_bytes(b"\x7fELF of another machine")
    broken.chmod(0o755)
    here = tmp_path / "here"
    here.mkdir()
    async with line_session(here, 115200) as at:
        before = at.text
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(NotTransferred, match="sz cannot be started on the station: Exec format error"):
            await at.files.ways[0].send(offered_bytes("a.bin", b"a"), told)
        await at.shows_again(before)
    assert names_in(here / NAME) == []


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("large.bin",), "The file is too large for its kind. Nothing of it was kept."),
        (("one.csv", "two.csv"), "2 files came. Send one at a time; none was taken."),
    ],
)
async def test_what_is_not_wanted_is_refused_in_words(
    tmp_path: Path, names: tuple[str, ...], says: str
) -> None:
    for name in names:
        (tmp_path / name).write_bytes(b"x" * (10_000 if name == "large.bin" else 10))
    async with line_session(tmp_path, 115200) as at:
        before = at.text
        receiving = asyncio.create_task(at.files.ways[0].receive(wanted(1000), told))
        await at.until(lambda: STARTS_SENDER in at.output)
        await at.runs("sz", "--quiet", *names, folder=tmp_path)
        with pytest.raises(NotTransferred, match=says):
            await receiving
        await is_whole(at, before)
    assert names_in(tmp_path / NAME) == []


async def test_a_path_from_outside_never_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "-x y;z.csv").write_bytes(b"1")
    async with line_session(tmp_path, 115200) as at:
        receiving = asyncio.create_task(at.files.ways[0].receive(wanted(), told))
        await at.until(lambda: STARTS_SENDER in at.output)
        await at.runs("sz", "--quiet", "--full-path", "--", "sub/-x y;z.csv", folder=tmp_path)
        received = await receiving
    assert (received.name, received.take()) == ("x_y_z.csv", b"1")
    assert names_in(tmp_path) == ["sub", NAME]


async def test_a_file_that_the_terminal_has_already_is_said_to_be_refused(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "a.csv").write_bytes(b"older")
    async with line_session(tmp_path, 115200) as at:
        sending = asyncio.create_task(at.files.ways[0].send(offered_bytes("a.csv", b"newer"), told))
        await at.until(lambda: STARTS_RECEIVER in at.output)
        await at.runs("rz", "--quiet", "--protect", folder=there)
        with pytest.raises(NotTransferred, match="Has it one of this name already"):
            await sending
    assert (there / "a.csv").read_bytes() == b"older"
