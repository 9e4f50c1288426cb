"""The console in the terminal of `evtty run --attach`: how to log in, then the console itself."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from console.texts import _

READING_TIME_S = 6.0


def welcome_text(told: str, *, demo: bool) -> str:
    """How to reach the station and how to log in; `told`: what the console process said."""
    facts = dict(part.partition("=")[::2] for part in told.split())
    lines = []
    if demo:
        lines.append(_("This is a demonstration: its vehicles, badges and records are invented."))
    lines.append(_("Log in as admin with ADMIN, or as user with USER; then set your own password."))
    if "ssh" in facts:
        host, _colon, port = facts["ssh"].rpartition(":")
        lines.append(
            _("From another terminal: ssh -p {port} admin@{host}").format(port=port, host=host.strip("[]"))
        )
        lines.append(
            _("The key that it shows then: {fingerprint}").format(fingerprint=facts.get("fingerprint", ""))
        )
    return "".join(f"{line}\n" for line in lines)


async def attached_console(told: str, *, demo: bool, folder: Path) -> int:
    """Run the console in this terminal until it is left; gives its exit code."""
    sys.stderr.write(welcome_text(told, demo=demo))
    sys.stderr.write(_("Enter opens the console here.") + "\n")
    sys.stderr.flush()
    await _enter_or(READING_TIME_S)
    words = [sys.executable, "-m", "console.cli", "attach", "--comes-back", "--data", str(folder)]
    process = await asyncio.create_subprocess_exec(*words)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        raise
    print(_("The console was left; the station stops."), file=sys.stderr)
    return code


async def _enter_or(seconds: float) -> None:
    """Wait for a line from the terminal, at most so long."""
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()
    terminal = sys.stdin.fileno()
    loop.add_reader(terminal, arrived.set)
    try:
        await asyncio.wait_for(arrived.wait(), seconds)
        os.read(terminal, 1024)
    except TimeoutError:
        return
    finally:
        loop.remove_reader(terminal)
