"""A line, the models at its far end, and drivers on the near one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.boards.openevse_rapi import OpenEvse
from core.boards.polled import PolledBoard
from core.lines.place import Place
from tests.core.boards.bench import Bench, bench
from tests.core.boards.models.openevse import OpenEvseModel
from tests.core.readers.hand_clock import HandClock
from tests.core.readers.models.line_end import LineEnd


class Thinking(frozenset[float]):
    """Seconds in which a board is to answer: with the characters of a request on the wire."""

    def __contains__(self, seconds: object) -> bool:
        return isinstance(seconds, float) and 0.4 <= seconds < 0.499


THINKS = Thinking()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[LineEnd]:
    """Give a line that is put in."""
    end = LineEnd(tmp_path / "board")
    end.put_in()
    yield end
    end.pull_out()


@pytest.fixture
async def openevse(line: LineEnd, clock: HandClock) -> AsyncIterator[OpenEvseModel]:
    """Give an OpenEVSE board; every command that it got must have been whole and short enough."""
    model = OpenEvseModel(line, now=clock.elapsed)
    yield model
    assert model.not_understood == []
    assert model.overruns == 0


@pytest.fixture
async def rapi(openevse: OpenEvseModel, clock: HandClock) -> AsyncIterator[Bench]:
    """Give the driver of a single-phase board with an attached cable, and its first reading."""
    device = OpenEvse(Place(device=str(openevse.line.path), baud=115200), clock, attached=True, phases=1)
    async with bench(PolledBoard("charge point 1", device, clock), clock, THINKS) as found:
        await found.until(lambda: found.readings is not None)
        yield found
