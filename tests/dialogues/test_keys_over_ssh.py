"""Public keys in the hands of the real OpenSSH programs: made, added, used, removed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import asyncssh
import pytest

from tests.dialogues.client import Answer, Client
from tests.dialogues.program import Program
from tests.dialogues.running import RunningStation
from tests.dialogues.sftp import sftp

pytestmark = [pytest.mark.peer("ssh"), pytest.mark.peer("ssh-keygen")]

BY_KEY = ["-o", "PreferredAuthentications=publickey", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"]


class Pair(NamedTuple):
    """A key that `ssh-keygen` made: its private file, its `.pub` line, its fingerprint as it prints it."""

    file: Path
    line: str
    fingerprint: str


@pytest.fixture(scope="module")
def make_key(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Pair]:
    """Give a function that makes a key with `ssh-keygen`."""

    def make(*options: str) -> Pair:
        file = tmp_path_factory.mktemp("key") / "key"
        words = ["ssh-keygen", "-q", "-N", "", "-C", "van 3", "-f", str(file), *options]
        subprocess.run(words, check=True, timeout=60, stdin=subprocess.DEVNULL)
        pub = f"{file}.pub"
        said = subprocess.run(
            ["ssh-keygen", "-lf", pub], check=True, capture_output=True, text=True, timeout=60
        )
        return Pair(file, Path(pub).read_text(), said.stdout.split()[1])

    return make


def with_keys(client: Client, *pairs: Pair, command: tuple[str, ...] = ("status", "--json")) -> Answer:
    identities = [word for pair in pairs for word in ("-i", str(pair.file))]
    return client.run(*command, options=[*BY_KEY, *identities])


@pytest.mark.parametrize(
    "kind", [("-t", "ed25519"), ("-t", "ecdsa", "-b", "384"), ("-t", "rsa", "-b", "3072")]
)
def test_a_key_that_was_added_opens_the_account_without_a_password(
    station: RunningStation,
    admin: Client,
    client: Callable[..., Client],
    make_key: Callable[..., Pair],
    kind: tuple[str, ...],
) -> None:
    pair = make_key(*kind)
    newcomer = client(station, "admin", "not needed")
    assert with_keys(newcomer, pair).code == 255
    added = admin.run("keys", "add", "admin", "--json", stdin=pair.line)
    assert added.json["key"]["fingerprint"] == pair.fingerprint
    answer = with_keys(newcomer, pair, command=("sessions", "list", "--json"))
    assert answer.code == 0, answer.errors
    assert pair.fingerprint in [session["key"] for session in answer.json["sessions"]]
    listed = admin.run("keys", "list").output.decode()
    assert pair.fingerprint in listed
    assert "van 3" in listed
    entries = admin.run("log", "--json").json["entries"]
    texts = [entry["text"] for entry in entries if entry["action"] == "logged_in"]
    assert any(pair.fingerprint in text for text in texts)
    assert admin.run("keys", "remove", "admin", pair.fingerprint).code == 0
    assert with_keys(newcomer, pair).code == 255


def test_the_right_key_is_found_among_many_and_its_files_come_by_sftp(
    station: RunningStation,
    admin: Client,
    client: Callable[..., Client],
    make_key: Callable[..., Pair],
    tmp_path: Path,
) -> None:
    pairs = [make_key("-t", "ed25519") for _ in range(6)]
    (tmp_path / "van.pub").write_text(pairs[-1].line)
    assert sftp(admin, "put van.pub /incoming/", folder=tmp_path).code == 0
    assert admin.run("keys", "add", "user", "--file", "van.pub").code == 0
    newcomer = client(station, "user", "not needed")
    assert with_keys(newcomer, *pairs).code == 0
    assert with_keys(newcomer, *pairs[:-1]).code == 255
    assert client(station, "user").run("status").code == 0
    rest = station.ssh("user")[1:]
    options = ["-P" if word == "-p" else word for word in rest[:-1]]
    done = subprocess.run(
        ["sftp", *BY_KEY, "-i", str(pairs[-1].file), *options, "-b", "-", rest[-1]],
        input="ls /export\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert ".csv" in done.stdout


def test_a_key_is_asked_for_its_signature_and_an_account_that_there_is_not_says_the_same(
    station: RunningStation, admin: Client, client: Callable[..., Client], make_key: Callable[..., Pair]
) -> None:
    pair, other = make_key("-t", "ed25519"), make_key("-t", "ed25519")
    assert admin.run("keys", "add", "admin", stdin=pair.line).code == 0
    (other.file.with_name("key.pub")).write_text(pair.line)
    forged = with_keys(client(station, "admin", "x"), other)
    nobody = with_keys(client(station, "user", "x"), pair)
    assert forged.code == nobody.code == 255
    said = {answer.errors.replace("user@", "admin@").strip().splitlines()[-1] for answer in (forged, nobody)}
    assert said == {"admin@127.0.0.1: Permission denied (publickey,password)."}


async def test_whoever_has_only_the_public_half_is_not_let_in(
    station: RunningStation, admin: Client, make_key: Callable[..., Pair]
) -> None:
    pair, other = make_key("-t", "ed25519"), make_key("-t", "ed25519")
    assert admin.run("keys", "add", "admin", stdin=pair.line).code == 0
    forged = asyncssh.load_keypairs([other.file])[0]
    forged.public_data = asyncssh.import_public_key(pair.line).public_data
    with pytest.raises(asyncssh.PermissionDenied):
        await asyncssh.connect(
            "127.0.0.1",
            station.port,
            username="admin",
            client_keys=[forged],
            known_hosts=None,
            preferred_auth="publickey",
            config=[],
        )


def test_more_keys_than_anybody_has_end_the_connection(
    station: RunningStation, client: Callable[..., Client], make_key: Callable[..., Pair]
) -> None:
    answer = with_keys(client(station, "user", "x"), *(make_key("-t", "ed25519") for _ in range(21)))
    assert answer.code == 255
    assert "Too many keys were offered" in answer.errors


def test_a_console_ends_with_its_key_and_says_why(
    station: RunningStation, admin: Client, make_key: Callable[..., Pair]
) -> None:
    pair = make_key("-t", "ed25519")
    assert admin.run("keys", "add", "admin", stdin=pair.line).code == 0
    program, *rest = station.ssh("admin")
    with_key = [program, "-t", *BY_KEY, "-i", str(pair.file), *rest]
    terminal = Program(with_key, columns=80, rows=24, term="xterm-256color")
    try:
        terminal.wait_for("[1 Config]")
        terminal.send("\x1b[17~")
        terminal.wait_for("Audit and events", "following", "key added")
        assert admin.run("keys", "remove", "admin", pair.fingerprint).code == 0
        terminal.wait_for("The key of this session was removed by admin.")
    finally:
        terminal.hang_up()


def test_the_user_sees_no_keys(user: Client, make_key: Callable[..., Pair]) -> None:
    pair = make_key("-t", "ed25519")
    assert user.run("keys", "list").code == 4
    assert user.run("keys", "add", "user", stdin=pair.line).code == 4
    assert user.run("keys", "remove", "user", pair.fingerprint).code == 4


def test_what_is_no_key_is_refused_in_words(admin: Client) -> None:
    answer = admin.run("keys", "add", "admin", stdin="-----BEGIN OPENSSH PRIVATE KEY-----\nCanary0451\n")
    assert answer.code == 3
    assert "This is the private key" in answer.errors
    assert admin.run("keys", "add", "root", stdin="x").code == 2
    assert admin.run("keys", "remove", "admin", "SHA256:x").code == 6
    assert b"Canary0451" not in admin.run("log", "--last", "10000").output
