"""Files come and go by OpenSSH's own sftp and scp: lists of badges, records, and nothing of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.sftp import scp, sftp
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh", "sftp", "scp")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder on the technician's computer."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def second(tmp_path: Path, client: Callable[..., Client]) -> Iterator[Client]:
    """The administrator's client at another station of another family."""
    with RunningStation(tmp_path / "second", "--profile", "wallbox-rfid") as running:
        assert running.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        yield client(running, "admin")


def badges(at: Client) -> list[dict[str, object]]:
    found: list[dict[str, object]] = at.run("badges", "list", "--json").json["badges"]
    return found


def test_a_register_is_carried_to_a_second_station(admin: Client, second: Client, here: Path) -> None:
    assert admin.run("badges", "add", "04A1B2C3", "--comment", "'Müller, =1+1'").code == 0
    fetched = sftp(admin, "get /export/badges.csv", "get /export/records.csv", folder=here)
    assert fetched.code == 0, fetched.said
    assert (here / "badges.csv").read_bytes() == admin.run("badges", "export").output
    assert (here / "records.csv").read_bytes() == admin.run("cdr", "export").output
    sent = sftp(second, "put badges.csv /incoming", "ls -l /incoming", folder=here)
    assert sent.code == 0, sent.said
    assert "badges.csv" in second.run("files", "list").output.decode()
    tried = second.run("badges", "import", "--file", "badges.csv", "--dry-run")
    assert (tried.code, badges(second)) == (0, [])
    taken = second.run("badges", "import", "--file", "badges.csv")
    assert taken.code == 0, taken.errors
    assert "badges.csv was removed from the drop box." in taken.errors
    assert badges(second) == badges(admin)
    assert second.run("files", "list", "--json").json["files"] == []
    assert second.run("badges", "import", "--file", "badges.csv").code == 6
    logged = [entry["action"] for entry in second.run("log", "--json").json["entries"]]
    assert {"file_received", "file_taken"} <= set(logged)


def test_scp_of_today_goes_by_the_same_rules_and_that_of_yesterday_not_at_all(
    admin: Client, here: Path
) -> None:
    (here / "list.csv").write_bytes(b"a,b\r\n")
    assert scp(admin, "-p", "list.csv", "STATION:/incoming/", folder=here).code == 0
    assert scp(admin, "-p", "STATION:/incoming/list.csv", "again.csv", folder=here).code == 0
    assert (here / "again.csv").read_bytes() == b"a,b\r\n"
    assert scp(admin, "STATION:/export/badges.csv", ".", folder=here, old=True).code != 0
    assert scp(admin, "list.csv", "STATION:/etc/", folder=here).code != 0
    assert admin.run("files", "remove", "list.csv").code == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("put list.csv /", "Files are sent into /incoming"),
        ("put list.csv /export/list.csv", "Files are sent into /incoming"),
        ("put list.csv /incoming/list.exe", "ends with .csv, .cfg, .zip"),
        ("put list.csv /incoming/list.csv.filepart", "Switch off sending under a temporary name"),
        (f"put list.csv /incoming/{'a' * 61}.csv", "letters, digits"),
        ("put list.csv /incoming/../../etc/list.csv", "Files are sent into /incoming"),
        ("put list.csv /etc/list.csv", "Files are sent into /incoming"),
        ("get /etc/passwd", "not found"),
        ("get ../../etc/passwd", "not found"),
        ("get /export/../../etc/passwd", "not found"),
        ("cd /etc", "nothing of this name"),
        ("ls /incoming/..x", "not found"),
        ("mkdir /incoming/new", "no folders"),
        ("rmdir /incoming", "no folders"),
        ("rename /export/badges.csv /export/b.csv", "no folders"),
        ("symlink /etc/passwd /incoming/p.csv", "no folders"),
        ("ln -s ../../core.sock /incoming/p.csv", "no folders"),
        ("ln /export/badges.csv /incoming/b.csv", "not support"),
        ("rm /export/badges.csv", "no folders"),
        ("rm /incoming/none.csv", "o such file"),
        ("chown 0 /export/badges.csv", "owner"),
        ("df", "not support"),
    ],
)
def test_what_is_not_offered_is_refused(admin: Client, here: Path, line: str, says: str) -> None:
    (here / "list.csv").write_bytes(b"a,b\r\n")
    outcome = sftp(admin, line, folder=here)
    assert outcome.code == 1
    assert says.lower() in outcome.said.lower()
    assert sorted(path.name for path in here.iterdir()) == ["list.csv"]
    assert admin.run("files", "list", "--json").json["files"] == []


def test_each_account_has_a_box_of_its_own(
    admin: Client, user: Client, station: RunningStation, here: Path
) -> None:
    (here / "mine.csv").write_bytes(b"1")
    assert sftp(user, "put mine.csv /incoming/", folder=here).code == 0
    assert "mine.csv" not in sftp(admin, "ls /incoming", folder=here).said.splitlines()
    listed = station.evtty("files", "list").stdout
    assert "user" in listed
    assert "mine.csv" in listed
    assert station.evtty("files", "remove", "user/mine.csv").returncode == 0
    assert user.run("files", "list", "--json").json["files"] == []


def test_a_factory_password_opens_no_drop_box(
    tmp_path: Path, client: Callable[..., Client], here: Path
) -> None:
    with RunningStation(tmp_path / "new") as running:
        outcome = sftp(client(running, "admin", "ADMIN"), "ls /", folder=here)
    assert outcome.code != 0
    assert "set a new one" in outcome.said


def test_the_configuration_comes_and_goes_the_same_way(admin: Client, user: Client, here: Path) -> None:
    assert sftp(admin, "get /export/station.cfg", folder=here).code == 0
    assert (here / "station.cfg").read_bytes() == admin.run("config", "export").output
    assert sftp(user, "get /export/station.cfg not-mine.cfg", folder=here).code != 0
    assert not (here / "not-mine.cfg").exists()
    assert sftp(admin, "put station.cfg /incoming", folder=here).code == 0
    assert admin.run("config", "import", "--file", "station.cfg", "--dry-run").code == 0
    assert admin.run("config", "import", "--file", "station.cfg").code == 0
    assert admin.run("files", "list", "--json").json["files"] == []
