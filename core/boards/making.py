"""Making the boards that the hardware profile names."""

from __future__ import annotations

from collections.abc import Sequence

from core.boards.device import Device
from core.boards.openevse_rapi import OpenEvse
from core.boards.polled import PolledBoard
from core.charge_points.configured import input_names
from core.charge_points.hardware import Board
from core.charge_points.simulated import SimulatedBoard
from core.clock import Clock, SystemClock
from core.errors import Invalid
from core.lines.place import read_place
from core.profile import HardwareProfile

RAPI_BAUD = 115200


def make_boards(profile: HardwareProfile, *, pace: Clock | None = None) -> tuple[Board, ...]:
    """One board a charge point, in their order; `pace` tells real time to those on a line.

    Raises Invalid for options that a driver does not have.
    """
    real = pace or SystemClock()
    return tuple(_board(profile, point, real) for point in range(1, profile.charge_points + 1))


def real_boards(boards: Sequence[Board]) -> tuple[PolledBoard, ...]:
    """Those that are on a line."""
    return tuple(board for board in boards if isinstance(board, PolledBoard))


def version_of(board: Board) -> str:
    """The firmware of a board as it says, `-` while it has not said."""
    if isinstance(board, PolledBoard):
        return board.version or "-"
    return "simulated"


def _board(profile: HardwareProfile, point: int, pace: Clock) -> Board:
    link, socket = profile.boards[point - 1], profile.socket(point)
    attached = socket.cable == "attached"
    if link.driver == "simulated":
        return SimulatedBoard(attached=attached, phases=socket.phases, inputs=input_names(profile))
    if link.driver != "openevse_rapi":
        raise Invalid("There is no driver for the board {driver} in this version", driver=link.driver)
    place, _ = read_place(link, f"board {point}.link", baud=RAPI_BAUD)
    device: Device = OpenEvse(place, pace, attached=attached, phases=socket.phases)
    return PolledBoard(f"charge point {point}", device, pace)
