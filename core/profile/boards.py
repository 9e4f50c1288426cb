"""What a station can be when its boards are real."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.profile.hardware import DriverLink, HardwareProfile
from core.profile.options import read_options
from core.profile.table import Table

UNIT_WITHOUT = "1"
"""The unit of a Modbus board whose link names none."""


def check_boards(profile: HardwareProfile, table: Table) -> None:
    """Note in `table` what no real board here can do.

    Real boards have no contacts for inputs, and a vehicle at them does not follow a simulated clock.
    """
    drivers = {board.driver for board in profile.boards}
    real = sorted(drivers - {"simulated"})
    if not real:
        return
    if "simulated" in drivers:
        table.wrong("board", "{where}: either all boards are simulated or none, got {got}", got=_all(drivers))
    if not table.problems and len({_address(board) for board in profile.boards}) < len(profile.boards):
        table.wrong("board", "{where}: two charge points have one board, {got}", got=profile.boards[0].link)
    if profile.clock.driver == "simulated":
        table.wrong("clock", "{where}: real boards need the computer's clock, driver system; got simulated")
    if profile.family == "city":
        table.wrong(
            "family",
            "{where}: city needs the contact of a circuit breaker, and {drivers} has no inputs",
            drivers=_all(set(real)),
        )
    if profile.key_lock:
        table.wrong(
            "key_lock",
            "{where}: a key lock needs a contact, and {drivers} has no inputs",
            drivers=_all(set(real)),
        )


def _address(board: DriverLink) -> tuple[str, str]:
    """Where a board is: its line, and its unit there."""
    parts = urlsplit(board.link)
    options, _ = read_options(board.driver, board.link, "")
    return f"{parts.scheme}://{parts.netloc}{parts.path}", options.get("unit", UNIT_WITHOUT)


def _all(names: set[str]) -> str:
    return ", ".join(sorted(names))
