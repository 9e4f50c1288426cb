"""Where the link's socket is: `core.sock` in the data folder, however long the folder's path."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from core.errors import Busy

SOCKET_FILE = "core.sock"
LOCK_FILE = "core.lock"
LONGEST_ADDRESS = 100
LOOK_AGAIN_SECONDS = 0.05


@contextlib.contextmanager
def address(folder: Path) -> Iterator[str]:
    """Give the socket's path in a form that fits a socket address (108 bytes on Linux)."""
    plain = str(folder / SOCKET_FILE)
    if len(os.fsencode(plain)) <= LONGEST_ADDRESS:
        yield plain
        return
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET_FILE}"
    finally:
        os.close(descriptor)


def lock(folder: Path, *, patience: float = 0.0) -> int:
    """Take the data folder for this process; return the descriptor that holds it. Raises Busy.

    Waits up to `patience` seconds for a station that is about to end: it does not listen any more.
    """
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() >= until or _somebody_listens(folder):
                os.close(descriptor)
                raise Busy(
                    "Another station already runs on the data folder {folder}.", folder=str(folder)
                ) from None
        time.sleep(LOOK_AGAIN_SECONDS)


def _somebody_listens(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller, address(folder) as path:
        return caller.connect_ex(path) == 0


def listening_socket(folder: Path) -> socket.socket:
    """Return a socket that only the folder's owner may open; what a dead core left behind is removed.

    The caller holds the `lock`, so that nobody else listens there.
    """
    (folder / SOCKET_FILE).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        # Linux makes the socket's file with the mode that the socket has before it is bound.
        os.fchmod(listener.fileno(), 0o600)
        with address(folder) as path:
            listener.bind(path)
        (folder / SOCKET_FILE).chmod(0o600)
        listener.setblocking(False)
    except BaseException:
        listener.close()
        raise
    return listener
