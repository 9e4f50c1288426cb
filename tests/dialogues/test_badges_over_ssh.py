"""Badges as a technician handles them with commands: learned, edited, removed, copied to a second station."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh")

UIDS = ("04A1B2C3D4E5F6", "E1EB1C02", "3F420F")


@pytest.fixture
def second(tmp_path: Path, client: Callable[..., Client]) -> Iterator[Client]:
    """The administrator's client at another station of another family."""
    with RunningStation(tmp_path / "second", "--profile", "wallbox-rfid") as running:
        assert running.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        yield client(running, "admin")


def listed(at: Client) -> list[tuple[int, str, str, str]]:
    badges = at.run("badges", "list", "--json").json["badges"]
    return [(badge["number"], badge["uid"], badge["type"], badge["comment"]) for badge in badges]


def learn(station: RunningStation, admin: Client) -> list[str]:
    """Learn the badges of `UIDS`, interrupt it, and give what was said of each."""
    with admin.start("badges", "learn", "add") as learning:
        assert learning.stderr is not None
        assert learning.stdout is not None
        assert "Hold badges to the reader" in learning.stderr.readline()
        for uid in UIDS:
            assert station.evtty("sim", "badge", uid).returncode == 0
        said = [learning.stdout.readline().strip() for _ in UIDS]
        learning.terminate()
    return said


def test_badges_are_learned_edited_removed_and_copied_to_a_second_station(
    station: RunningStation, admin: Client, user: Client, second: Client
) -> None:
    assert learn(station, admin) == [f"{uid} added" for uid in UIDS]
    assert user.run("badges", "set", UIDS[0], "--type", "vip", "--comment", "'=1+1, \"Müller\"'").code == 0
    assert user.run("badges", "remove", UIDS[1]).code == 0
    wanted = [(1, UIDS[0], "vip", '=1+1, "Müller"'), (3, UIDS[2], "user", "")]
    assert listed(admin) == wanted
    file = admin.run("badges", "export").output.decode()
    assert "\n=1+1" not in file
    assert ",=1+1" not in file
    assert second.run("badges", "add", "AABBCC").code == 0
    tried = second.run("badges", "import", "--dry-run", stdin=file)
    assert tried.code == 0
    assert "- 1 AABBCC user" in tried.output.decode().splitlines()
    assert len(listed(second)) == 1
    assert second.run("badges", "import", stdin=file).code == 0
    assert listed(second) == wanted
    assert second.run("badges", "export").output.decode() == file


def test_an_edited_list_needs_consent_and_a_faulty_one_changes_nothing(admin: Client) -> None:
    before = listed(admin)
    file = admin.run("badges", "export").output.decode()
    edited = file.replace("\r\nSeal", "\r\n8,112233,User,Berta\r\nSeal")
    refused = admin.run("badges", "import", stdin=edited)
    assert (refused.code, "edited" in refused.errors) == (3, True)
    faulty = admin.run("badges", "import", "--accept-edited", stdin=edited.replace("112233", "11223"))
    assert faulty.code == 3
    assert faulty.errors.startswith("Line ")
    assert listed(admin) == before
    assert admin.run("badges", "import", "--accept-edited", stdin=edited).code == 0
    assert listed(admin) == [*before, (8, "112233", "user", "Berta")]


def test_one_learns_at_a_time(admin: Client, user: Client) -> None:
    with admin.start("badges", "learn", "delete") as learning:
        assert learning.stderr is not None
        learning.stderr.readline()
        refused = user.run("badges", "learn", "add")
        assert (refused.code, "admin" in refused.errors) == (5, True)
        learning.terminate()


def test_the_machine_s_own_commands_take_and_give_the_same_file(
    station: RunningStation, admin: Client
) -> None:
    assert admin.run("badges", "clear", "--yes").code == 0
    assert admin.run("badges", "add", "AABBCC", "--comment", "'Ülo, \"Õun\"'").code == 0
    file = station.program("badges", "export").stdout
    assert file == admin.run("badges", "export").output.decode().replace("\r\n", "\n")
    assert admin.run("badges", "clear", "--yes").code == 0
    assert station.program("badges", "import", stdin=file).returncode == 0
    assert [badge[1:] for badge in listed(admin)] == [("AABBCC", "user", 'Ülo, "Õun"')]
