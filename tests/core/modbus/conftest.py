"""A serial line with a meter at its far end."""

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
async def bus(wire: LineEnd) -> RtuBus:
    """Give a bus with a meter at unit 2 and one at unit 3."""
    return RtuBus(wire, {2: Iem3155(serial=2222), 3: Iem3155(serial=3333)})
