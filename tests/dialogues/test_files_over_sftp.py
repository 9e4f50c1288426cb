"""Files come and go by OpenSSH's own sftp and scp: lists of badges, records, and nothing of the machine."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dialogues.client import Client
from tests.dialogues.running import RunningStation
from tests.dialogues.sftp import scp, sftp, start_sftp
from tests.stations import PASSWORDS

pytestmark = pytest.mark.peer("ssh", "sftp", "scp")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder on the technician's computer."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStation]:
    """A second station, of another family; its user still has the factory password."""
    with RunningStation(tmp_path_factory.mktemp("other"), "--profile", "wallbox-rfid") as running:
        assert running.evtty("password", "admin", stdin=f"{PASSWORDS['admin']}\n").returncode == 0
        yield running


@pytest.fixture
def second(other: RunningStation, client: Callable[..., Client]) -> Client:
    """The administrator's client at the second station, logging in anew each time."""
    return client(other, "admin")


def badges(at: Client) -> list[dict[str, object]]:
    found: list[dict[str, object]] = at.run("badges", "list", "--json").json["badges"]
    return found


def test_a_register_is_carried_to_a_second_station(admin: Client, second: Client, here: Path) -> None:
    assert admin.run("badges", "add", "04A1B2C3", "--comment", "'Müller, =1+1'").code == 0
    fetched = sftp(
        admin, "get /export/badges.csv", "get /export/records.csv", "get /export/report.html", folder=here
    )
    assert fetched.code == 0, fetched.said
    assert (here / "badges.csv").read_bytes() == admin.run("badges", "export").output
    assert (here / "records.csv").read_bytes() == admin.run("cdr", "export").output
    assert b"04A1B2C3" not in (here / "report.html").read_bytes()
    assert b"04A1B2C3" in admin.run("report", "--html", "--with-uids", "--with-comments").output
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


def test_a_file_that_is_too_large_leaves_nothing_and_words(admin: Client, here: Path) -> None:
    (here / "long.cfg").write_bytes(bytes(256 * 1024 + 1))
    outcome = sftp(admin, "put long.cfg /incoming", folder=here)
    assert outcome.code == 1
    assert "262,144 bytes" in outcome.said
    assert admin.run("files", "list", "--json").json["files"] == []


def test_a_fetch_goes_on_where_it_stopped_and_an_upload_does_not(admin: Client, here: Path) -> None:
    content = bytes(range(256)) * 400
    (here / "a.csv").write_bytes(content)
    (here / "part.csv").write_bytes(content[:40_000])
    assert sftp(admin, "put a.csv /incoming", "reget /incoming/a.csv part.csv", folder=here).code == 0
    assert (here / "part.csv").read_bytes() == content
    with (here / "a.csv").open("ab") as file:
        file.write(b"more")
    assert sftp(admin, "reput a.csv /incoming/a.csv", folder=here).code == 1
    assert sftp(admin, "put a.csv /incoming/a.csv", "rm /incoming/*.csv", folder=here).code == 0
    assert admin.run("files", "list", "--json").json["files"] == []


def wait_for(box: Path, expected: list[str]) -> None:
    deadline = time.monotonic() + 30
    while not box.exists() or [path.name for path in box.iterdir()] != expected:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def kill_program(_station: RunningStation, program: subprocess.Popen[str]) -> None:
    os.killpg(program.pid, signal.SIGKILL)


def kill_console(station: RunningStation, _program: subprocess.Popen[str]) -> None:
    os.kill(station.child("console"), signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_program, kill_console])
def test_an_upload_that_is_cut_off_leaves_nothing(
    other: RunningStation, second: Client, here: Path, kill: Callable[[RunningStation, Any], None]
) -> None:
    (here / "long.csv").write_bytes(bytes(3_000_000))
    box = other.folder / "drop-box/admin/incoming"
    with start_sftp(second, "put long.csv /incoming", folder=here, kilobits_a_second=800) as program:
        wait_for(box, [".long.csv"])
        kill(other, program)
        wait_for(box, [])
    other.wait_for_ssh()
    assert sftp(second, "put long.csv /incoming", "rm /incoming/long.csv", folder=here).code == 0


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
    other: RunningStation, client: Callable[..., Client], here: Path
) -> None:
    outcome = sftp(client(other, "user", "USER"), "ls /", folder=here)
    assert outcome.code != 0
    assert "set a new one" in outcome.said
