"""A terminal program's own sz and rz, at the technician's end of a line."""

from __future__ import annotations

import subprocess
from pathlib import Path

PATIENCE_S = 60.0


def start(program: str, *arguments: str, line: int, folder: Path) -> subprocess.Popen[bytes]:
    """Run `sz` or `rz` on the descriptor of the line, which nobody else reads meanwhile."""
    return subprocess.Popen(
        [program, "--quiet", *arguments], stdin=line, stdout=line, stderr=subprocess.DEVNULL, cwd=folder
    )


def run(program: str, *arguments: str, line: int, folder: Path) -> int:
    """Run it to its end; its exit code."""
    with start(program, *arguments, line=line, folder=folder) as running:
        try:
            return running.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
