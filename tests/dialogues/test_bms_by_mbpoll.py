"""The building's Modbus as `evtty run --bms` answers it, read and written by mbpoll."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.dialogues.running import RunningStation

pytestmark = pytest.mark.peer("mbpoll")

READABLE = {
    6: 1, 9: 1, 20: 1, 23: 2, 30: 2, 150: 1, 301: 1, 350: 2, 352: 2, 354: 2, 356: 2, 358: 2,
    366: 2, 368: 2, 370: 2, 932: 1, 933: 1,
}  # fmt: skip
"""How many registers each value has, by its address on the wire."""
FLOATS = {350, 352, 354, 358, 366, 368, 370}
WITHIN_S = 20.0


def mbpoll(port: int, register: int, *value: int, count: int = 1, kind: str = "4") -> str:
    """Ask as a technician does at the prompt; what it prints, or how it failed."""
    command = ["mbpoll", "-m", "tcp", "-p", str(port), "-a", "255", "-0", "-1", "-q", "-o", "5"]
    command += ["-r", str(register), "-t", kind]
    command += ["-B"] if ":" in kind else []
    command += ["-c", str(count)] if not value else []
    asked = subprocess.run(
        [*command, "127.0.0.1", *map(str, value)], capture_output=True, text=True, check=False, timeout=30
    )
    return asked.stdout + asked.stderr


def values(said: str) -> list[str]:
    return re.findall(r"^\[\d+\]:\s+(\S+)", said, re.MULTILINE)


def link(station: RunningStation) -> str:
    return str(json.loads(station.evtty("status", "--json").stdout)["links"]["bms"])


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningStation, list[int]]]:
    with RunningStation(tmp_path_factory.mktemp("bms"), "--bms", "127.0.0.1:0", "--no-ssh") as station:
        assert link(station) == "off"
        assert station.evtty("settings", "set", "energy.external_control=yes").returncode == 0
        deadline = time.monotonic() + WITHIN_S
        while not (found := re.findall(r"127\.0\.0\.1:(\d+)", link(station))):
            assert time.monotonic() < deadline, link(station)
        yield station, [int(port) for port in found]


def test_every_register_of_the_map_is_read(ports: tuple[RunningStation, list[int]]) -> None:
    for port in ports[1]:
        for register, count in READABLE.items():
            if register in FLOATS:
                (value,) = values(mbpoll(port, register, kind="4:float"))
                assert float(value) == 0 or 200 < float(value) < 260
            else:
                assert len(values(mbpoll(port, register, count=count))) == count


def test_what_is_written_is_read_back_and_holds(ports: tuple[RunningStation, list[int]]) -> None:
    station, (_first, second) = ports
    assert "Written 1" in mbpoll(second, 301, 11)
    assert values(mbpoll(second, 301)) == ["11"]
    point = json.loads(station.evtty("status", "--json").stdout)["charge_points"][1]
    assert {"source": "external", "current": 11} in point["limits"]
    assert "Written 1" in mbpoll(second, 150, 6)
    assert values(mbpoll(second, 20)) == ["6"]
    assert "Written 1" in mbpoll(second, 150, 0)
    assert values(mbpoll(second, 20)) == ["0"]
    assert "Written 1" in mbpoll(second, 932, 1)


def test_what_is_out_of_range_or_not_in_the_map_is_refused(ports: tuple[RunningStation, list[int]]) -> None:
    port = ports[1][0]
    assert "Illegal data value" in mbpoll(port, 301, 40)
    assert "Illegal data value" in mbpoll(port, 150, 7)
    assert "Illegal data address" in mbpoll(port, 7)
    assert "Illegal data address" in mbpoll(port, 6, 1)
