"""A serial line with a meter of address 2 at its far end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.meters.models.iem3155 import Iem3155
from tests.core.meters.models.rtu_bus import RtuBus
from tests.core.readers.models.line_end import LineEnd


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[LineEnd]:
    """Give a line that is put in."""
    end = LineEnd(tmp_path / "meter")
    end.put_in()
    yield end
    end.pull_out()


@pytest.fixture
def meter() -> Iem3155:
    return Iem3155(energy_wh=1_000_000)


@pytest.fixture
async def bus(wire: LineEnd, meter: Iem3155) -> RtuBus:
    return RtuBus(wire, {2: meter})
