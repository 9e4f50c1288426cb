"""The real OpenSSH client in the hands of one account: commands, and the console at a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.dialogues.program import Program
from tests.dialogues.running import RunningStation


class Answer(NamedTuple):
    """How a command ended: exit code (255: the client itself), standard output and error."""

    code: int
    output: bytes
    errors: str

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.output)
        return document


class Client:
    """`account` with `password` at a station; `folder` is for the program that the client asks for it.

    Each command logs in by itself; after `stay_connected` all of them go through one connection.
    """

    def __init__(self, station: RunningStation, account: str, password: str, folder: Path) -> None:
        self.station = station
        self.account = account
        self.password = password
        self._through: list[str] = []
        self._master: subprocess.Popen[bytes] | None = None
        self._socket = folder / "master"
        self._asked = folder / f"password-of-{account}"
        self._asked.write_text("#!/bin/sh\nprintf '%s\\n' \"$TEST_PASSWORD\"\n")
        self._asked.chmod(0o700)

    def stay_connected(self) -> None:
        """Log in once for all commands that follow, with the client's own multiplexing."""
        program, *rest = self.station.ssh(self.account)
        self._master = subprocess.Popen(
            [program, "-M", "-N", "-S", str(self._socket), *rest],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
        )
        while not self._socket.exists():
            assert self._master.poll() is None, "the client could not log in"
            time.sleep(0.01)
        self._through = ["-S", str(self._socket)]

    def leave(self) -> None:
        """End the connection of `stay_connected`."""
        if self._master is not None:
            # A request to end that comes just before it waits for the network is seen only after the wait.
            self._master.kill()
            self._master.wait(timeout=10)
        self._through = []

    @property
    def through(self) -> list[str]:
        """The options by which other programs of OpenSSH use the connection of `stay_connected`."""
        return ["-o", f"ControlPath={self._socket}"] if self._through else []

    def environment(self) -> dict[str, str]:
        """What makes the client ask a program for the password instead of the terminal."""
        return {
            **os.environ,
            "SSH_ASKPASS": str(self._asked),
            "SSH_ASKPASS_REQUIRE": "force",
            "TEST_PASSWORD": self.password,
        }

    def run(self, *command: str, options: Sequence[str] = (), stdin: str | bytes = "") -> Answer:
        """`ssh OPTIONS station COMMAND`, without a terminal; of an option given twice the first counts."""
        program, *rest = self.station.ssh(self.account, *command)
        done = subprocess.run(
            [program, *self._through, *options, *rest],
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            check=False,
            timeout=60,
            env=self.environment(),
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode())

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command that goes on; its output is read line by line."""
        program, *rest = self.station.ssh(self.account, *command)
        return subprocess.Popen(
            [program, *self._through, *rest],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(),
        )

    def terminal(
        self, *command: str, columns: int = 80, rows: int = 24, term: str = "xterm-256color"
    ) -> Program:
        """`ssh -t` at a terminal, the password typed at the client's own prompt."""
        program, *rest = self.station.ssh(self.account, *command)
        terminal = Program([program, "-t", *rest], columns=columns, rows=rows, term=term)
        try:
            terminal.wait_for("password:")
        except BaseException:
            terminal.hang_up()
            raise
        terminal.send(f"{self.password}\r")
        return terminal
