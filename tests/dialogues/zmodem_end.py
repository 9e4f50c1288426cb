"""A terminal program with ZMODEM of its own: its sz and rz see the bytes that it takes from its terminal."""

from __future__ import annotations

import os
import select
import subprocess
import time
from pathlib import Path

PATIENCE_S = 60.0


def run(program: str, *arguments: str, terminal: int, folder: Path) -> int:
    """Carry bytes between the terminal's descriptor and `sz` or `rz` until that has ended; its exit code."""
    deadline = time.monotonic() + PATIENCE_S
    with subprocess.Popen(
        [program, "--quiet", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        bufsize=0,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        output = running.stdout.fileno()
        while time.monotonic() < deadline:
            ready, _, _ = select.select([terminal, output], [], [], 0.05)
            if output in ready:
                data = os.read(output, 4096)
                if not data:
                    break
                os.write(terminal, data)
            if terminal in ready:
                running.stdin.write(os.read(terminal, 4096))
        else:
            running.kill()
        return running.wait()
