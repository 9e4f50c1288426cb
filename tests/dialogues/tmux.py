"""A program in a tmux window, as a technician keeps minicom open."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.dialogues.screen import Screen


class TmuxWindow(Screen):
    """Runs `command` in a tmux server of its own; `socket` is the server's socket."""

    def __init__(self, command: Sequence[str], *, socket: Path, columns: int = 80, rows: int = 24) -> None:
        self._tmux = ("tmux", "-S", str(socket), "-f", "/dev/null")
        self._run("new-session", "-d", "-x", str(columns), "-y", str(rows), *command)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], capture_output=True, text=True, check=True, timeout=10
        )
        return done.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False, timeout=10)

    def lines(self) -> list[str]:
        return self._run("capture-pane", "-p").splitlines()

    def send(self, keys: str) -> None:
        self._run("send-keys", "-l", keys)

    def wait_a_little(self, seconds: float) -> None:
        time.sleep(min(seconds, 0.05))
