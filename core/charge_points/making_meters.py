"""Making the meters of charge points; simulated ones measure what their boards read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from core.charge_points.hardware import NO_CURRENT, Board, Phases
from core.clock import Clock
from core.meters.meters import Meters
from core.modbus import ModbusLines
from core.profile import HardwareProfile


def make_meters(
    profile: HardwareProfile,
    boards: Sequence[Board],
    lines: ModbusLines,
    clock: Clock,
    changed: Callable[[], None],
    *,
    pace: Clock | None = None,
) -> Meters:
    """The meters that the profile names; nothing is asked before settings want a meter and they run."""
    loads = {
        point: partial(_load, board)
        for point, board in enumerate(boards, 1)
        if profile.meter(point).driver == "simulated"
    }
    return Meters(loads, lines, clock, changed, pace=pace)


def _load(board: Board, at: float) -> tuple[Phases, Phases]:
    """Current and voltage on the terminals of a board; nothing flows where it is silent."""
    readings = board.readings(at)
    if readings is None:
        return NO_CURRENT, (230.0, 230.0, 230.0)
    return readings.current or NO_CURRENT, readings.voltage
