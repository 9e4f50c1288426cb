"""The real OpenSSH programs `sftp` and `scp` in the hands of one account."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.dialogues.client import Client


class Outcome(NamedTuple):
    """How a program ended, and all that it said."""

    code: int
    said: str


def _options(client: Client) -> list[str]:
    """As for ssh, but the port is -P here."""
    options = client.station.ssh(client.account)[1:-1]
    return ["-P" if option == "-p" else option for option in options] + client.through


def sftp(client: Client, *lines: str, folder: Path) -> Outcome:
    """`sftp -b`: ends with 1 at the first line that fails; a line that begins with `-` may."""
    words = ["sftp", *_options(client), "-b", "-", f"{client.account}@127.0.0.1"]
    return _run(client, words, folder, "".join(f"{line}\n" for line in lines))


def start_sftp(client: Client, line: str, *, folder: Path, kilobits_a_second: int) -> subprocess.Popen[str]:
    """`sftp` doing one thing slowly."""
    words = ["sftp", "-o", "BatchMode=no", *_options(client), "-l", str(kilobits_a_second), "-b", "-"]
    started = subprocess.Popen(
        [*words, f"{client.account}@127.0.0.1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env=client.environment(),
        start_new_session=True,
    )
    assert started.stdin is not None
    started.stdin.write(f"{line}\n")
    started.stdin.close()
    return started


def scp(client: Client, *words: str, folder: Path, old: bool = False) -> Outcome:
    """`scp` with STATION: for the station; `old` asks for the protocol before SFTP."""
    address = f"{client.account}@127.0.0.1:"
    named = [word.replace("STATION:", address) for word in words]
    return _run(client, ["scp", *(["-O"] if old else []), *_options(client), *named], folder, "")


def _run(client: Client, words: Sequence[str], folder: Path, typed: str) -> Outcome:
    # A batch file switches the question for a password off: asked for it must be all the same.
    done = subprocess.run(
        [words[0], "-o", "BatchMode=no", *words[1:]],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
        env=client.environment(),
    )
    return Outcome(done.returncode, done.stdout + done.stderr)
