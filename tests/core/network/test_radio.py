"""What the radio is handed: read by the real wpa_supplicant (driver `none`), keys as of wpa_passphrase."""

from __future__ import annotations

import asyncio
import os
import re
import stat
import subprocess
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SimulatedClock
from core.network.addressing import Addressing, Wireless
from core.network.driver import NotApplied
from core.network.making import make_network_driver
from core.network.radio import RadioDriver, state_in
from core.network.simulated import SimulatedNetwork
from core.network.supplicant import shared_key, supplicant_file
from core.profile import RadioPort, parse_profile
from tests.core.settings.stations import fresh
from tests.stations import log_in, running_station

RADIO = "lo"
HOSTILE = (
    'Yard "5"',
    'x"\n}\nnetwork={\n\tssid="other"\n\tkey_mgmt=NONE',
    "Café Ñandú 充電",
    '#=${HOME}\\n P"a"',
    "\\x00%s\t",
)
PASSPHRASES = ('it\'s "open"; rm -rf /', "a" * 63, "#}\\n=  8")


def wireless(ssid: str, passphrase: str = PASSPHRASES[0], security: str = "wpa2") -> Wireless:
    return Wireless(ssid=ssid, security=security, passphrase=passphrase)


def addresses(joined: Wireless | None) -> Addressing:
    return Addressing(addresses=("192.168.0.102", "192.168.0.101"), prefix=24, wireless=joined)


class Supplicant:
    """A real wpa_supplicant without a radio, and `wpa_cli` to ask it."""

    def __init__(self, folder: Path) -> None:
        self.port = RadioPort(
            interface=RADIO, file=str(folder / "evtty.conf"), control=str(folder / "c"), country="FR"
        )
        Path(self.port.file).write_text(f"ctrl_interface={self.port.control}\n")
        path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
        self.process = subprocess.Popen(
            ["wpa_supplicant", "-D", "none", "-i", RADIO, "-c", self.port.file],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PATH": path},
        )
        deadline = time.monotonic() + 20.0
        while not (folder / "c" / RADIO).exists():
            if self.process.poll() is not None:
                pytest.skip("this machine lets nobody but root start wpa_supplicant")
            assert time.monotonic() < deadline, "wpa_supplicant did not get ready"
            time.sleep(0.01)

    def ask(self, *words: str) -> str:
        command = ["/usr/sbin/wpa_cli", "-p", self.port.control, "-i", RADIO, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout

    def networks(self) -> list[str]:
        """The numbers of the networks that it knows."""
        return [line.split("\t")[0] for line in self.ask("list_networks").splitlines()[1:]]

    def ssid(self) -> str:
        shown = self.ask("get_network", "0", "ssid").strip()
        return shown[1:-1] if shown.startswith('"') else bytes.fromhex(shown).decode()


@pytest.fixture(scope="module")
def supplicant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supplicant]:
    running = Supplicant(tmp_path_factory.mktemp("radio"))
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait(timeout=10)


@pytest.mark.peer("wpa_supplicant")
@pytest.mark.parametrize("security", ["open", "wpa2", "wpa3"])
def test_wpa_supplicant_reads_every_name_as_it_was_typed(supplicant: Supplicant, security: str) -> None:
    driver = RadioDriver(supplicant.port, SimulatedNetwork())
    for ssid in HOSTILE:
        asyncio.run(driver.apply(addresses(wireless(ssid[:32], security=security))))
        assert (supplicant.networks(), supplicant.ssid()) == (["0"], ssid[:32])
    wanted = {"open": "NONE", "wpa2": "WPA-PSK WPA-PSK-SHA256", "wpa3": "SAE"}[security]
    assert supplicant.ask("get_network", "0", "key_mgmt").strip() == wanted


@pytest.mark.peer("wpa_supplicant")
def test_the_file_is_its_owners_alone_and_an_empty_name_joins_none(supplicant: Supplicant) -> None:
    driver = RadioDriver(supplicant.port, SimulatedNetwork())
    asyncio.run(driver.apply(addresses(wireless("Yard"))))
    file = Path(supplicant.port.file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSPHRASES[0] not in file.read_text()
    asyncio.run(driver.apply(addresses(wireless(""))))
    assert supplicant.networks() == []


@pytest.mark.peer("wpa_supplicant")
def test_a_network_that_it_has_is_not_handed_to_it_again(supplicant: Supplicant) -> None:
    driver = RadioDriver(supplicant.port, SimulatedNetwork())
    asyncio.run(driver.apply(addresses(wireless("Yard"))))
    supplicant.ask("remove_network", "all")
    asyncio.run(driver.apply(addresses(wireless("Yard"))))
    assert supplicant.networks() == []


@pytest.mark.peer("wpa_supplicant")
def test_a_radio_that_finds_no_network_is_told_as_not_joined(
    supplicant: Supplicant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.network.radio.LOOKS", 1)
    driver = RadioDriver(supplicant.port, SimulatedNetwork())
    checks = asyncio.run(driver.check(addresses(wireless("Yard"))))
    assert (checks[0].name, checks[0].ok) == ("wifi", False)


@pytest.mark.peer("wpa_passphrase")
@pytest.mark.parametrize("passphrase", PASSPHRASES)
@pytest.mark.parametrize("ssid", ["Yard", 'a"b\\', "Café Ñandú 充電"])
def test_the_key_is_that_of_wpa_passphrase(ssid: str, passphrase: str) -> None:
    told = subprocess.run(["wpa_passphrase", ssid, passphrase], capture_output=True, check=True, timeout=20)
    assert re.search(rb"\tpsk=([0-9a-f]{64})\n", told.stdout)[1].decode() == shared_key(ssid, passphrase)  # type: ignore[index]


@given(st.text(max_size=40), st.text(max_size=70), st.sampled_from(["open", "wpa3"]))
def test_no_name_and_no_passphrase_adds_a_line(ssid: str, passphrase: str, security: str) -> None:
    ssid, passphrase = (each.encode(errors="replace").decode() for each in (ssid, passphrase))
    radio = RadioPort(interface="wlan0", file="/f", control="/c")
    lines = supplicant_file(radio, wireless(ssid, passphrase, security)).splitlines()
    fields = dict(line.strip().split("=", 1) for line in lines[2:] if line not in ("network={", "}"))
    assert lines.count("network={") == lines.count("}") == bool(ssid)
    assert bytes.fromhex(fields.get("ssid", "")).decode() == ssid
    if security == "wpa3" and ssid:
        assert bytes.fromhex(fields["sae_password"]).decode() == passphrase


@given(st.text())
def test_any_answer_to_status_is_read(told: str) -> None:
    assert "\n" not in state_in(told)
    assert state_in(f"{told}\nwpa_state=COMPLETED\n") != ""


def test_a_machine_without_wpa_supplicant_is_told_before_an_address_changes(tmp_path: Path) -> None:
    wired = SimulatedNetwork()
    for folder, says in ((tmp_path, "wpa_cli"), (tmp_path / "nowhere", "cannot be written: No such file")):
        radio = RadioPort(interface="wlan9", file=str(folder / "f.conf"), control=str(tmp_path))
        with pytest.raises(NotApplied, match=says):
            asyncio.run(RadioDriver(radio, wired).apply(addresses(wireless("Yard"))))
    assert wired.applied is None


def test_a_profile_without_a_radio_says_that_the_name_is_only_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text = resources.files("core").joinpath("profiles", "wallbox-key.toml").read_text(encoding="utf-8")
    profile = parse_profile(f'{text}\n[network]\ndriver = "ip"\ninterface = "nowhere0"\n', name="wallbox")
    monkeypatch.setattr("core.network.looking.LINK_S", 0)
    checks = asyncio.run(make_network_driver(profile).check(addresses(wireless("Yard"))))
    assert (checks[0].ok, "only kept" in checks[0].said) == (None, True)


def test_the_simulated_radio_says_what_it_would_join() -> None:
    checks = asyncio.run(SimulatedNetwork().check(addresses(wireless("Yard"))))
    assert "would join Yard" in checks[0].said


def test_a_name_is_at_most_32_bytes_long() -> None:
    settings = fresh("wallbox-key")
    long = settings.plan({"wifi.ssid": "é" * 17, "wifi.passphrase": "Hidden-Door-7"}, account="admin")
    assert [problem.key for problem in long.problems] == ["wifi.ssid"]
    assert "at most 32 bytes" in long.problems[0].message
    assert not settings.plan(
        {"wifi.ssid": "é" * 16, "wifi.passphrase": "Hidden-Door-7"}, account="admin"
    ).problems


@pytest.mark.peer("wpa_supplicant")
async def test_a_network_on_trial_is_the_radios_until_the_old_one_comes_back(
    supplicant: Supplicant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = RadioDriver(supplicant.port, SimulatedNetwork())
    monkeypatch.setattr("core.assembly.make_network_driver", lambda _profile: driver)
    monkeypatch.setattr("core.network.radio.LOOKS", 1)
    async with running_station("wallbox-key", tmp_path) as core:
        await core.tick()
        admin = await log_in(core, kind="serial")
        await admin.change_network({"wifi.ssid": "Yard", "wifi.passphrase": PASSPHRASES[0]})
        await admin.confirm_network()
        await admin.change_network({"wifi.ssid": HOSTILE[0], "wifi.security": "wpa3"}, confirm_within_s=60)
        assert (supplicant.ssid(), supplicant.ask("get_network", "0", "key_mgmt").strip()) == (
            HOSTILE[0],
            "SAE",
        )
        cast("SimulatedClock", core.parts.clock).advance(60)
        await core.tick()
        assert supplicant.ssid() == "Yard"
        assert (await admin.network()).problem == ""
