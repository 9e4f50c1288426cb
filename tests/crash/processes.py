"""The station's processes as the operating system sees them: which they are, and killing one of them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

PATIENCE_S = 30.0
PAUSE_S = 0.02


def children(parent: int) -> dict[str, int]:
    """The processes started by `parent`, by module name (`core`, `console`)."""
    found = {}
    for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        words = _command_line(int(number))
        if "-m" in words:
            found[words[words.index("-m") + 1]] = int(number)
    return found


def child(parent: int, name: str, *, other_than: int = 0) -> int:
    """Wait for a process of this name below `parent`; give its number."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        number = children(parent).get(name, 0)
        if number not in (0, other_than):
            return number
        time.sleep(PAUSE_S)
    raise AssertionError(f"no process {name} below {parent}")


def kill(number: int) -> None:
    """End a process as a power cut ends it: it runs no line of its own any more."""
    os.kill(number, signal.SIGKILL)


def is_running(number: int) -> bool:
    """Whether the process is there, and not merely waiting to be noticed as dead."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until_gone(*numbers: int, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while left := [number for number in numbers if is_running(number)]:
        assert time.monotonic() < deadline, f"still running after {patience_s:g} s: {left}"
        time.sleep(PAUSE_S)


def wait_until_open(number: int, path: Path) -> None:
    """Wait until a process has opened a file."""
    deadline = time.monotonic() + PATIENCE_S
    while str(path) not in _open_files(number):
        assert time.monotonic() < deadline, f"{path} was never opened"
        time.sleep(PAUSE_S)


def _open_files(number: int) -> list[str]:
    found = []
    for link in Path(f"/proc/{number}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.append(str(link.readlink()))
    return found


def _command_line(number: int) -> list[str]:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
