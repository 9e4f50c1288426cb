"""Making the boards that the hardware profile names."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from core.boards.device import Device
from core.boards.evse_modbus import EvseWb
from core.boards.openevse_rapi import OpenEvse
from core.boards.polled import PolledBoard
from core.charge_points.configured import input_names
from core.charge_points.hardware import Board
from core.charge_points.simulated import SimulatedBoard
from core.clock import Clock, SystemClock
from core.lines.place import read_place
from core.modbus import ModbusLines, read_modbus_link
from core.profile import HardwareProfile

BAUD: Mapping[str, int] = {"evse_modbus": 9600, "openevse_rapi": 115200}
EVSE_UNIT = 1


def make_boards(
    profile: HardwareProfile, lines: ModbusLines | None = None, *, pace: Clock | None = None
) -> tuple[Board, ...]:
    """One board a charge point, in their order; `pace` tells real time to those on a line.

    `lines` are the Modbus lines of the station, which boards may share with meters.
    Raises Invalid for options that a driver does not have.
    """
    real = pace or SystemClock()
    lines = lines or ModbusLines(real)
    return tuple(_board(profile, point, lines, real) for point in range(1, profile.charge_points + 1))


def real_boards(boards: Sequence[Board]) -> tuple[PolledBoard, ...]:
    """Those that are on a line."""
    return tuple(board for board in boards if isinstance(board, PolledBoard))


def version_of(board: Board, image: str) -> str:
    """The firmware of a board as it says, `-` while it has not said; `image` is what a simulated one took."""
    if isinstance(board, PolledBoard):
        return board.version or "-"
    return f"simulated {image}".rstrip()


def answering(boards: Sequence[Board], silent: Container[int]) -> tuple[int, ...]:
    """The charge points whose boards answer; `silent` are those with the error of a silent board."""
    return tuple(
        point
        for point, board in enumerate(boards, 1)
        if (not board.is_silent if isinstance(board, PolledBoard) else point not in silent)
    )


def told_of(driver: str, board: Board) -> str:
    """The driver of a board and whether it answers, in words."""
    if not isinstance(board, PolledBoard):
        return driver
    if not board.is_silent:
        return f"{driver} answering"
    return f"{driver} silent: {board.reason}" if board.reason else f"{driver} waiting"


def _board(profile: HardwareProfile, point: int, lines: ModbusLines, pace: Clock) -> Board:
    link, socket = profile.boards[point - 1], profile.socket(point)
    attached = socket.cable == "attached"
    if link.driver == "simulated":
        return SimulatedBoard(attached=attached, phases=socket.phases, inputs=input_names(profile))
    place, options = read_place(link, f"board {point}.link", baud=BAUD[link.driver])
    device: Device
    if link.driver == "evse_modbus":
        unit = int(options.get("unit", EVSE_UNIT))
        way = read_modbus_link(link, f"board {point}.link", baud=BAUD[link.driver])
        device = EvseWb(way, lines, pace, unit=unit, attached=attached)
    else:
        device = OpenEvse(place, pace, attached=attached, phases=socket.phases)
    return PolledBoard(f"charge point {point}", device, pace)
