"""What sets the clock; the clock of the machine that runs the tests is never touched."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import SimulatedClock, SystemClock
from core.errors import NotAllowed
from core.timekeeping.drivers import SimulatedClockDriver, SystemClockDriver, clock_driver
from core.timekeeping.slewing import adjtime

MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def refused(_seconds: float) -> None:
    raise PermissionError(1, "Operation not permitted")


def running(folder: Path, *names: str) -> Path:
    """A folder like /proc with these processes."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names, 100):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(f"{name}\n")
    (folder / "self").mkdir()
    return folder


def test_a_simulated_clock_is_stepped_and_a_real_one_set_by_the_machine() -> None:
    assert isinstance(clock_driver(SimulatedClock()), SimulatedClockDriver)
    assert isinstance(clock_driver(SystemClock()), SystemClockDriver)


def test_the_machine_clock_is_set_in_seconds_since_1970(tmp_path: Path) -> None:
    told: list[float] = []
    SystemClockDriver(processes=running(tmp_path, "sshd"), set_seconds=told.append).set(MOMENT)
    assert told == [MOMENT.timestamp()]


@pytest.mark.parametrize(
    ("process", "keeper"),
    [("chronyd", "chrony"), ("systemd-timesyn", "systemd-timesyncd"), ("ntpd", "ntpd"), ("ptp4l", "ptp4l")],
)
def test_a_clock_that_the_machine_keeps_is_left_alone(tmp_path: Path, process: str, keeper: str) -> None:
    told: list[float] = []
    driver = SystemClockDriver(processes=running(tmp_path, "sshd", process), set_seconds=told.append)
    assert driver.keeper() == keeper
    with pytest.raises(NotAllowed, match=f"{keeper} keeps the clock of this machine"):
        driver.set(MOMENT)
    assert told == []


def test_a_little_is_slewed_unless_the_machine_keeps_its_clock(tmp_path: Path) -> None:
    told: list[float] = []

    def adjust(seconds: float) -> float:
        told.append(seconds)
        raise PermissionError(1, "Operation not permitted")

    SystemClockDriver(processes=running(tmp_path / "a", "sshd"), adjust=adjust).slew(-0.2)
    SystemClockDriver(processes=running(tmp_path / "b", "chronyd"), adjust=adjust).slew(0.3)
    assert told == [-0.2]


def test_the_machine_tells_what_is_left_to_slew() -> None:
    assert -1.0 < adjtime(None) < 1.0


def test_a_program_that_may_not_set_the_clock_says_what_it_needs(tmp_path: Path) -> None:
    driver = SystemClockDriver(processes=running(tmp_path), set_seconds=refused)
    with pytest.raises(NotAllowed, match="CAP_SYS_TIME"):
        driver.set(MOMENT)


def test_the_machine_clock_goes_on_as_it_was() -> None:
    begin_wall, begin = time.time(), time.monotonic()
    clock = SimulatedClock()
    clock_driver(clock).set(MOMENT)
    assert abs((time.time() - begin_wall) - (time.monotonic() - begin)) < 1.0
