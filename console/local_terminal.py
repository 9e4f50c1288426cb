"""`evtty attach`: the console in this terminal, which is given back as it was whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import termios
import tty
from collections.abc import Iterator, Mapping
from pathlib import Path

from console.commands.exit_codes import TRY_LATER, USAGE
from console.data_folder import LOG
from console.texts import _
from core.api import Origin
from core.errors import TryLater
from core.log_lines import log_to

FAILED = 1
CANNOT_SHOW = "cannot_show"
EXIT_CODES = {"crashed": FAILED, CANNOT_SHOW: USAGE}
"""By why the console ended; 0 for all others."""
LEFT = frozenset({"logged_out", "hung_up", "crashed", CANNOT_SHOW})
"""Ends of the console after which it does not come back; after others somebody was logged out unasked."""


def attach(folder: Path, *, comes_back: bool = False) -> int:
    """Show the console here until it is left; gives the exit code. Logs go to the folder's log file.

    `comes_back`: who is logged out without wanting it meets the log-in again.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(
            _("`evtty attach` needs a terminal. `evtty help` lists the commands that do not."),
            file=sys.stderr,
        )
        return USAGE
    log_to(logging.FileHandler(folder / LOG, delay=True))
    environment = {name: os.environ.get(name, "") for name in ("TERM", "COLORTERM", "NO_COLOR")}
    try:
        reason = asyncio.run(_attach(folder, environment))
        while comes_back and reason not in LEFT:
            reason = asyncio.run(_attach(folder, environment))
        return EXIT_CODES.get(reason, 0)
    except TryLater as error:
        print(error.message, file=sys.stderr)
        return TRY_LATER


@contextlib.contextmanager
def raw_terminal(descriptor: int) -> Iterator[None]:
    """Every key arrives as it is pressed, ^C included, until this ends."""
    before = termios.tcgetattr(descriptor)
    tty.setraw(descriptor)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


async def _attach(folder: Path, environment: Mapping[str, str]) -> str:
    """Show the console once; gives why it ended."""
    from core.link import connect

    entrance = await connect(folder)
    from console.descriptor_wire import DescriptorWire
    from console.host_key import key_fingerprint
    from console.seat import Guest, Seat, facts_of, within_reason
    from console.terminal.profiles import choose_profile

    profile = choose_profile(
        environment["TERM"], colorterm=environment["COLORTERM"], no_color=bool(environment["NO_COLOR"])
    )
    if not profile.addresses_cursor:
        await entrance.close()
        print(_("This terminal cannot show the console. `evtty help` lists the commands."), file=sys.stderr)
        return CANNOT_SHOW
    # An open file of its own: the descriptor that the shell gave stays blocking.
    terminal = os.open(os.ttyname(sys.stdin.fileno()), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    loop = asyncio.get_running_loop()
    seat = Seat()
    wire = DescriptorWire(terminal, lost=seat.hang_up)

    def read() -> None:
        try:
            data = os.read(terminal, 4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            seat.feed(data)
        else:
            loop.remove_reader(terminal)
            seat.hang_up()

    def resized() -> None:
        columns, rows = os.get_terminal_size(terminal)
        seat.resize(columns, rows)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, seat.hang_up)
    loop.add_signal_handler(signal.SIGWINCH, resized)
    size = within_reason(*os.get_terminal_size(terminal))
    facts = facts_of(profile, description=_("this machine"), terminal=environment["TERM"])
    guest = Guest(
        entrance=entrance,
        station=None,
        origin=Origin(kind="local"),
        reconnect=lambda: connect(folder),
        key_fingerprint=key_fingerprint(folder),
        folder=folder,
    )
    try:
        with raw_terminal(terminal):
            loop.add_reader(terminal, read)
            try:
                reason = await seat.run(wire, profile, size, guest, facts)
                await wire.drained(1.0)
            finally:
                loop.remove_reader(terminal)
                wire.close()
    finally:
        os.close(terminal)
    return reason
