"""The settings of one station copied to another over SSH, and refused where they do not belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh")

CANARY = "Canary-0451-secret"
CHANGES = (
    "time.zone=Europe/Paris",
    "socket.1.derated_current=16",
    "socket.2.input_1=load_shedding",
    "socket.2.load_shedding_set_point=10",
    "energy.load_balancing=yes",
    "publication.smtp.server=mail.example.org",
    "publication.smtp.username=a user # 1",
    f"publication.smtp.password={CANARY}",
    "publication.smtp.authentication=yes",
)


@contextmanager
def another(folder: Path, client: Callable[..., Client], profile: str) -> Iterator[Client]:
    """The administrator's client at a fresh station."""
    with RunningStation(folder, "--profile", profile) as running:
        assert running.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        yield client(running, "admin")


def settings(at: Client) -> list[str]:
    """`settings list` but for the secrets, which no file holds."""
    lines = at.run("settings", "list").output.decode().splitlines()
    return [line for line in lines if "set)" not in line]


def test_a_second_station_of_the_family_takes_over_every_setting(
    admin: Client, client: Callable[..., Client], tmp_path: Path
) -> None:
    changed = admin.run("settings", "set", *(f"'{pair}'" if " " in pair else pair for pair in CHANGES))
    assert changed.code == 0, changed.errors
    file = admin.run("config", "export").output.decode()
    assert CANARY not in file
    with another(tmp_path / "second", client, "parking-2") as second:
        factory = settings(second)
        tried = second.run("config", "import", "--dry-run", stdin=file)
        assert (tried.code, settings(second)) == (0, factory)
        said = tried.output.decode()
        assert "time.zone: UTC -> Europe/Paris" in said
        assert "publication.smtp.password (not set)" in said
        assert "Password: is needed while Authentication required is on" in said
        assert second.run("config", "import", stdin=file).code == 0
        assert settings(second) == settings(admin) != factory
        assert second.run("config", "export").output.decode() == file
        logged = [entry["action"] for entry in second.run("log", "--json").json["entries"]]
        assert {"configuration_imported", "configuration_exported"} <= set(logged)


def test_a_file_of_another_family_is_refused_and_an_edited_one_names_every_line(admin: Client) -> None:
    file, before = admin.run("config", "export").output.decode(), settings(admin)
    foreign = admin.run("config", "import", stdin=file.replace("family = parking", "family = wallbox"))
    assert (foreign.code, settings(admin)) == (3, before)
    assert "for stations of the family wallbox, but this one is of the family parking" in foreign.errors
    edited = admin.run("config", "import", stdin=f"{file}\nsurprise.one = 1\nsocket.1.input_2 = maybe\n")
    assert (edited.code, settings(admin)) == (3, before)
    assert [line.split(",")[0].split(":")[0] for line in edited.errors.splitlines()] == [
        f"Line {file.count(chr(10)) + more}" for more in (2, 3)
    ]


def test_the_user_may_neither_export_nor_import(admin: Client, user: Client) -> None:
    file = admin.run("config", "export").output.decode()
    assert (user.run("config", "export").code, user.run("config", "import", stdin=file).code) == (4, 4)
