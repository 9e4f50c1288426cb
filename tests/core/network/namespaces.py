"""A station's machine and a technician's computer at one cable: two network namespaces, made by the test."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

STATION_PORT, COMPUTER = "st0", "192.168.0.250"


class Machines:
    """The names of the two namespaces."""

    def __init__(self, name: str) -> None:
        self.station, self.computer = f"{name}s", f"{name}c"

    def inside(self, namespace: str) -> list[str]:
        """What a command line begins with to run in there."""
        return ["ip", "netns", "exec", namespace]

    def addresses(self) -> list[str]:
        """What the station's port answers to now."""
        printed = ip("-n", self.station, "-j", "addr", "show", "dev", STATION_PORT)
        return sorted(
            each["local"] for each in json.loads(printed)[0]["addr_info"] if each["family"] == "inet"
        )


def ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True, timeout=20).stdout


@contextmanager
def two_machines() -> Iterator[Machines]:
    """Skips the test where this machine lets nobody make namespaces."""
    machines = Machines(f"evt{os.getpid()}")
    made = subprocess.run(
        ["ip", "netns", "add", machines.station], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no network namespaces here: {made.stderr.strip()}")
    try:
        ip("netns", "add", machines.computer)
        ends = ("netns", machines.station, "type", "veth", "peer", "name", "pc0", "netns", machines.computer)
        ip("link", "add", STATION_PORT, *ends)
        for words in (
            ("-n", machines.station, "link", "set", "lo", "up"),
            ("-n", machines.computer, "addr", "add", f"{COMPUTER}/24", "dev", "pc0"),
            ("-n", machines.computer, "link", "set", "pc0", "up"),
        ):
            ip(*words)
        yield machines
    finally:
        for name in (machines.station, machines.computer):
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
