"""What the driver `networkd` writes and asks for, with a program in the place of networkctl."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.network.addressing import Addressing
from core.network.driver import NotApplied
from core.network.networkd import NetworkdNetwork, network_file

WANTED = Addressing(
    addresses=("192.168.0.50", "192.168.0.51"),
    prefix=24,
    gateway="192.168.0.254",
    name_servers=("9.9.9.9",),
    mac="02:00:5E:10:00:99",
)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which the program notes what it is asked for."""
    notes = tmp_path / "asked"
    program = tmp_path / "bin" / "networkctl"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {notes}\n[ "$2" != eth9 ] || {{ echo no such link >&2; exit 1; }}\n'
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
        "Address=192.168.0.50/24",
        "Address=192.168.0.51/24",
        "Gateway=192.168.0.254",
        "DNS=9.9.9.9",
    ]


def test_the_file_is_written_whole_and_networkd_reads_it_again(tmp_path: Path, asked: Path) -> None:
    driver = NetworkdNetwork("eth0", str(tmp_path))
    asyncio.run(driver.apply(WANTED))
    assert (tmp_path / "05-evtty-eth0.network").read_text() == network_file("eth0", WANTED)
    assert asked.read_text() == "reload\nreconfigure eth0\n"
    assert {path.name for path in tmp_path.iterdir()} == {"05-evtty-eth0.network", "asked", "bin"}


def test_what_networkd_refuses_is_told_in_its_words(tmp_path: Path, asked: Path) -> None:
    with pytest.raises(NotApplied, match="networkctl: no such link"):
        asyncio.run(NetworkdNetwork("eth9", str(tmp_path)).apply(WANTED))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, asked: Path) -> None:
    with pytest.raises(NotApplied, match="cannot be written: No such file"):
        asyncio.run(NetworkdNetwork("eth0", str(tmp_path / "nowhere")).apply(WANTED))
    assert not asked.exists()
