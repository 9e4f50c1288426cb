"""What the driver `networkd` writes, and what the real systemd-networkd makes of it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from core.network.addressing import Addressing
from core.network.driver import NotApplied
from core.network.networkd import NetworkdNetwork, network_file
from tests.core.network.networkd_machine import PORT, networkd_machine

WANTED = Addressing(
    addresses=("192.168.0.50", "192.168.0.51"),
    prefix=24,
    gateway="192.168.0.254",
    name_servers=("9.9.9.9",),
    mac="02:00:5E:10:00:99",
)
OTHER = Addressing(addresses=("10.1.2.3",), prefix=16)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which the program notes what it is asked for."""
    notes = tmp_path / "asked"
    program = tmp_path / "bin" / "networkctl"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {notes}\n'
        f"[ ! -e {tmp_path}/refuses ] || {{ echo not allowed >&2; exit 1; }}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return notes


def test_the_file_holds_fixed_addresses_and_asks_nobody() -> None:
    assert network_file("eth0", WANTED).splitlines()[1:] == [
        "[Match]",
        "Name=eth0",
        "",
        "[Link]",
        "MACAddress=02:00:5E:10:00:99",
        "",
        "[Network]",
        "DHCP=no",
        "ConfigureWithoutCarrier=yes",
        "Address=192.168.0.50/24",
        "Address=192.168.0.51/24",
        "Gateway=192.168.0.254",
        "DNS=9.9.9.9",
    ]


def addresses(programs: Path) -> list[str]:
    """What the port answers to on the machine of these programs."""
    shown = subprocess.run(
        [programs / "ip", "-br", "-4", "addr", "show", PORT], capture_output=True, check=True
    )
    return sorted(shown.stdout.decode().split()[2:])


def wait_for_route(programs: Path, wanted: str, *, but_not: str = "!") -> None:
    """The routes come a moment after the addresses."""
    deadline = time.monotonic() + 20.0
    while True:
        shown = subprocess.run([programs / "ip", "route"], capture_output=True, check=True).stdout.decode()
        if wanted in shown and but_not not in shown:
            return
        assert time.monotonic() < deadline, shown
        time.sleep(0.02)


@pytest.mark.peer("networkctl", "dbus-daemon", "unshare", "ip")
def test_the_real_networkd_moves_the_port_from_one_set_of_addresses_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "network"
    folder.mkdir()
    folder.chmod(0o755)
    with networkd_machine(folder) as programs:
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
        driver = NetworkdNetwork(PORT, str(folder))
        asyncio.run(driver.apply(WANTED))
        assert addresses(programs) == ["192.168.0.50/24", "192.168.0.51/24"]
        shown = subprocess.run(
            [programs / "ip", "link", "show", PORT], capture_output=True, check=True
        ).stdout
        assert b"02:00:5e:10:00:99" in shown
        wait_for_route(programs, "default via 192.168.0.254")
        asyncio.run(driver.apply(OTHER))
        assert addresses(programs) == ["10.1.2.3/16"]
        wait_for_route(programs, "10.1.0.0/16", but_not="default")
        subprocess.run([programs / "ip", "link", "set", "pc0", "down"], check=True)
        asyncio.run(driver.apply(WANTED))
        assert addresses(programs) == ["192.168.0.50/24", "192.168.0.51/24"]
        subprocess.run([programs / "ip", "addr", "del", "192.168.0.50/24", "dev", PORT], check=True)
        asyncio.run(driver.apply(WANTED))
        assert addresses(programs) == ["192.168.0.50/24", "192.168.0.51/24"]
    assert [path.name for path in folder.iterdir()] == [f"05-evtty-{PORT}.network"]


def test_what_networkd_does_not_bring_about_is_told(
    tmp_path: Path, asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.network.networkd.LOOKS", 1)
    there = [{"address": "", "addr_info": [{"family": "inet", "local": "192.168.0.50", "prefixlen": 24}]}]
    program = tmp_path / "bin" / "ip"
    program.write_text(f"#!/bin/sh\necho '{json.dumps(there)}'\n")
    program.chmod(0o755)
    with pytest.raises(NotApplied, match=r"did not bring about 192\.168\.0\.51/24 on eth0"):
        asyncio.run(NetworkdNetwork("eth0", str(tmp_path)).apply(WANTED))
    assert asked.read_text() == "reload\n"
    with pytest.raises(NotApplied):
        asyncio.run(NetworkdNetwork("eth0", str(tmp_path)).apply(WANTED))
    assert asked.read_text() == "reload\nreload\nreconfigure eth0\n"
    assert (tmp_path / "05-evtty-eth0.network").read_text() == network_file("eth0", WANTED)


def test_what_networkd_refuses_is_told_in_its_words(tmp_path: Path, asked: Path) -> None:
    (tmp_path / "refuses").touch()
    with pytest.raises(NotApplied, match="networkctl: not allowed"):
        asyncio.run(NetworkdNetwork("eth0", str(tmp_path)).apply(WANTED))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, asked: Path) -> None:
    with pytest.raises(NotApplied, match="cannot be written: No such file"):
        asyncio.run(NetworkdNetwork("eth0", str(tmp_path / "nowhere")).apply(WANTED))
    assert not asked.exists()
