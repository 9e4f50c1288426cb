"""A reader that types, taken away from the console."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.readers.evdev import Evdev
from core.readers.link import Link
from core.readers.recovery import RecoveringReader
from core.readers.uid import Spelling
from tests.core.readers.desk import Desk, desk, desk_at
from tests.core.readers.hand_clock import HandClock
from tests.core.readers.models.keyboard import KeyboardModel, typed
from tests.core.readers.models.line_end import LineEnd

PLAIN = Spelling()


class Taken:
    """Which devices were taken; a line is none that can be."""

    def __init__(self) -> None:
        self.devices: list[str] = []

    def __call__(self, descriptor: int) -> None:
        self.devices.append(os.ttyname(descriptor))


def reader_at(path: Path, taken: Taken, spelling: Spelling = PLAIN) -> tuple[RecoveringReader, HandClock]:
    clock = HandClock()
    device = Evdev(Link(device=str(path), spelling=spelling), clock, taken)
    return RecoveringReader(device, clock, clock), clock


async def is_read(found: Desk, keyboard: KeyboardModel, uid: str) -> None:
    await found.is_found()
    keyboard.hold_badge(uid)
    await found.sees(uid)


@pytest.mark.parametrize("at_once", [4096, 24, 7])
async def test_what_is_typed_is_presented_and_the_device_is_taken(
    keyboard: KeyboardModel, line: LineEnd, at_once: int
) -> None:
    taken = Taken()
    line.at_once = at_once
    async with desk(*reader_at(line.path, taken)) as found:
        await is_read(found, keyboard, "E1EB1C02")
    assert taken.devices == [str(line.path.resolve())]


async def test_prefix_and_byte_order_are_those_of_the_link(keyboard: KeyboardModel, line: LineEnd) -> None:
    spelling = Spelling(order="lsb", prefix="UID")
    async with desk(*reader_at(line.path, Taken(), spelling)) as found:
        await found.is_found()
        keyboard.hold_badge("UID021CEBE1")
        await found.sees("E1EB1C02")


async def test_lines_that_are_no_badge_are_left_out_and_not_written_down(
    keyboard: KeyboardModel, line: LineEnd, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk(*reader_at(line.path, Taken())) as found:
        await found.is_found()
        line.send(typed("12345") + bytes(24 * 20) + typed("1=2") + b"\xff" * 24 + typed("3F420F"))
        await found.sees("3F420F")
    assert "12345" not in caplog.text


async def test_a_keyboard_that_is_pulled_out_is_taken_again_when_it_is_back(
    keyboard: KeyboardModel, line: LineEnd
) -> None:
    taken = Taken()
    reader, clock = reader_at(line.path, taken)
    async with desk(reader, clock) as found:
        await found.is_found()
        line.pull_out()
        await found.is_lost()
        line.put_in()
        await clock.passes_when_awaited(0.5)
        await is_read(found, keyboard, "3F420F")
        await reader.beep("accepted")
    assert len(taken.devices) == 2


async def test_what_is_no_input_device_is_not_read(line: LineEnd) -> None:
    async with desk_at("evdev", f"file://{line.path}") as found:
        reason = (await found.is_lost()).reason
    assert reason.startswith(f"{line.path} cannot be taken as an input device: ")


async def test_a_device_that_is_not_there_is_named(tmp_path: Path) -> None:
    async with desk_at("evdev", f"file://{tmp_path}/event9") as found:
        assert (await found.is_lost()).reason == f"{tmp_path}/event9: No such file or directory"
