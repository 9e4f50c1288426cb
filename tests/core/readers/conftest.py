"""Lines, and the models at their far end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.readers.models.ascii_line import AsciiLineModel
from tests.core.readers.models.keyboard import KeyboardModel
from tests.core.readers.models.line_end import LineEnd
from tests.core.readers.models.pn532 import Pn532Model


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[LineEnd]:
    """Give a line that is put in."""
    end = LineEnd(tmp_path / "reader")
    end.put_in()
    yield end
    end.pull_out()


@pytest.fixture
async def chip(line: LineEnd) -> AsyncIterator[Pn532Model]:
    """Give a PN532; every frame that it got must have been whole."""
    model = Pn532Model(line)
    yield model
    assert model.not_understood == []


@pytest.fixture
async def text_reader(line: LineEnd) -> AsciiLineModel:
    return AsciiLineModel(line)


@pytest.fixture
async def keyboard(line: LineEnd) -> KeyboardModel:
    return KeyboardModel(line)
