"""Stations and clients that the dialogues share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.stations import PASSWORDS


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Client]:
    """Give a function that makes the client of an account, with the password of `PASSWORDS` or another."""

    def make(station: RunningStation, account: str, password: str | None = None) -> Client:
        folder: Path = tmp_path_factory.mktemp("client")
        return Client(station, account, password or PASSWORDS[account], folder)

    return make


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A station whose accounts have passwords of their own; shared by the tests of a module."""
    with RunningStation(tmp_path_factory.mktemp("station")) as running:
        for account, password in PASSWORDS.items():
            assert running.evtty("password", account, stdin=f"{password}\n").returncode == 0
        yield running


@pytest.fixture(scope="module")
def admin(station: RunningStation, client: Callable[..., Client]) -> Iterator[Client]:
    """The administrator's client, logged in once for a module."""
    connected = client(station, "admin")
    connected.stay_connected()
    yield connected
    connected.leave()


@pytest.fixture(scope="module")
def user(station: RunningStation, client: Callable[..., Client]) -> Iterator[Client]:
    """The user's client, logged in once for a module."""
    connected = client(station, "user")
    connected.stay_connected()
    yield connected
    connected.leave()
