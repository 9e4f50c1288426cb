"""A whole station as `evtty run` starts it, on loopback, in a data folder of its own."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from tests.dialogues.on_the_machine import answer_locally

READY_WITHIN_S = 60.0
EVTTY = Path(sys.executable).with_name("evtty")


class RunningStation:
    """`evtty run` with `options`; `port` and `fingerprint` come from its ready line, unless `--no-ssh`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.stderr = b""
        self.process = subprocess.Popen(
            [str(EVTTY), "run", "--data", str(folder), "--ssh", "127.0.0.1:0", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        ready = self._ready_line()
        if "--no-ssh" not in options:
            self.port = int(re.search(r"ssh=127\.0\.0\.1:(\d+)", ready)[1])  # type: ignore[index]
            self.fingerprint = re.search(r"fingerprint=(SHA256:\S+)", ready)[1]  # type: ignore[index]

    def _ready_line(self) -> str:
        assert self.process.stderr is not None
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if select.select([self.process.stderr], [], [], 0.2)[0]:
                chunk = os.read(self.process.stderr.fileno(), 4096)
                self.stderr += chunk
                if not chunk:
                    break
            for line in self.stderr.decode().splitlines():
                if line.startswith("ready "):
                    return line
        self.stop()
        raise AssertionError(f"the station did not get ready:\n{self.stderr.decode()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop it as a service manager does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def wait_for_ssh(self) -> None:
        """Wait until the SSH server takes connections again."""
        deadline = time.monotonic() + READY_WITHIN_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                assert time.monotonic() < deadline, "the SSH server did not come back"
                time.sleep(0.02)
            else:
                return

    def child(self, module: str) -> int:
        """The process id of the station's process `core` or `console`."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for child in map(int, children.split()):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if words[1:3] == [b"-m", module.encode()]:
                return child
        raise AssertionError(f"there is no process {module}")

    def evtty(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Answer one of the machine's own commands against this station; `program` starts it for real.

        The same code answers, over a connection of its own, without a process of Python for each.
        """
        with ThreadPoolExecutor(1) as apart:  # A test may have a running loop of its own.
            return apart.submit(answer_locally, arguments, self.folder, stdin).result(60)

    def program(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run `evtty` as a process of its own against this station."""
        return subprocess.run(
            [str(EVTTY), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "EVTTY_DATA": str(self.folder)},
        )

    def ssh(self, account: str, *command: str, password_file: Path | None = None) -> Sequence[str]:
        """Give the command line of a real OpenSSH client; with a password file it asks for nothing."""
        client = [
            "ssh",
            *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"),
            *(
                "-o",
                "PreferredAuthentications=password,keyboard-interactive",
                "-o",
                "NumberOfPasswordPrompts=1",
            ),
            *("-F", "/dev/null", "-p", str(self.port), f"{account}@127.0.0.1", *command),
        ]
        return client if password_file is None else ["sshpass", "-f", str(password_file), *client]
