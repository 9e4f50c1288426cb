"""The console dies during a charge: the charge goes on, and the next log-in works."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.technician import UID
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh")


@pytest.fixture
def charging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A station with a car that charges; its SSH port stays the same when the console starts again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with RunningStation(tmp_path_factory.mktemp("station"), "--ssh", f"127.0.0.1:{port}") as running:
        for account, password in PASSWORDS.items():
            assert running.evtty("password", account, stdin=f"{password}\n").returncode == 0
        assert running.evtty("sim", "speed", "60").returncode == 0
        assert running.evtty("sim", "plug", "1").returncode == 0
        assert running.evtty("sim", "badge", UID, "--point", "1").returncode == 0
        yield running


def session_of(station: RunningStation) -> dict[str, Any]:
    status = json.loads(station.evtty("status", "--json").stdout)
    session: dict[str, Any] = status["charge_points"][0]["session"]
    return session


def when_grown(station: RunningStation, energy_wh: int) -> dict[str, Any]:
    """The session once it has taken more than so much; the meter counts once a second."""
    for _try in range(100):
        session = session_of(station)
        if session["energy_wh"] > energy_wh:
            return session
    raise AssertionError(f"the charge stays at {energy_wh} Wh")


def test_a_charge_goes_on_when_the_console_is_killed(
    charging: RunningStation, client: Callable[..., Client]
) -> None:
    admin = client(charging, "admin")
    with admin.terminal() as screen:
        screen.wait_for("[General]")
        screen.send("5")
        screen.wait_for("C_Ready_6V_M12V")
        before, old, core = session_of(charging), charging.child("console"), charging.child("core")
        os.kill(old, signal.SIGKILL)
        assert screen.wait_for_end() == 255
    while_away = session_of(charging)
    charging.wait_for_ssh()
    with admin.terminal() as again:
        again.wait_for("[General]", "admin, ssh 127.0.0.1")
        again.send("5")
        again.wait_for("C_Ready_6V_M12V", "Charging_StateC_Plus")
    assert charging.child("console") != old
    assert charging.child("core") == core
    after = when_grown(charging, while_away["energy_wh"])
    assert before["transaction_id"] == while_away["transaction_id"] == after["transaction_id"]
    assert before["energy_wh"] <= while_away["energy_wh"] < after["energy_wh"]
    unplugged = json.loads(charging.evtty("sim", "unplug", "1", "--json").stdout)
    assert unplugged["record"]["stop_reason"] == "vehicle_unplugged"
    assert len(json.loads(charging.evtty("cdr", "list", "--json").stdout)["records"]) == 1


def test_a_screen_comes_back_when_the_core_is_killed(
    charging: RunningStation, client: Callable[..., Client]
) -> None:
    with client(charging, "admin").terminal() as screen:
        screen.wait_for("[General]")
        os.kill(charging.child("core"), signal.SIGKILL)
        screen.wait_for("cannot be reached")
        screen.wait_for("The station is back after", "[General]")
    records = json.loads(charging.evtty("cdr", "list", "--json").stdout)["records"]
    assert [(record["uid"], record["stop_reason"]) for record in records] == [(UID, "power_loss")]
