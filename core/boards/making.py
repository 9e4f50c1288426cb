"""Making the boards that the hardware profile names."""

from __future__ import annotations

from core.charge_points.configured import input_names
from core.charge_points.hardware import Board
from core.charge_points.simulated import SimulatedBoard
from core.errors import Invalid
from core.profile import HardwareProfile


def make_boards(profile: HardwareProfile) -> tuple[Board, ...]:
    """One board a charge point, in their order. Raises Invalid for a driver that does not exist."""
    return tuple(_board(profile, point) for point in range(1, profile.charge_points + 1))


def _board(profile: HardwareProfile, point: int) -> Board:
    driver = profile.boards[point - 1].driver
    if driver != "simulated":
        raise Invalid("There is no driver for the board {driver} in this version", driver=driver)
    socket = profile.socket(point)
    return SimulatedBoard(
        attached=socket.cable == "attached", phases=socket.phases, inputs=input_names(profile)
    )
