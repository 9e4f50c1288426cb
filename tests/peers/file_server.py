"""A file server (pyftpdlib) with a folder of its own."""

from __future__ import annotations

import errno
import io
import threading
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.peers.cable import unused_port

with warnings.catch_warnings():
    # It still uses asyncore where Python has it.
    warnings.simplefilter("ignore", DeprecationWarning)
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.filesystems import AbstractedFS, FilesystemError
    from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
    from pyftpdlib.ioloop import IOLoop
    from pyftpdlib.servers import FTPServer

ALL_RIGHTS = "elradfmwMT"


class NeverOnto(AbstractedFS):  # type: ignore[misc] # comes without types
    """A file system that never renames onto a file that is there."""

    def rename(self, src: str, dst: str) -> None:
        if Path(dst).exists():
            raise FilesystemError("exists already")
        super().rename(src, dst)


class Full(AbstractedFS):  # type: ignore[misc] # comes without types
    """A file system without room."""

    def open(self, filename: str, mode: str) -> NoRoom:
        return NoRoom(filename)


class NoRoom(io.RawIOBase):
    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, content: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class FileServer:
    """Serves `folder`; `certificate` (a PEM file) makes it offer TLS, and want it.

    `password` None lets anonymous in. `start` again after `kill` listens at the same port.
    """

    def __init__(
        self,
        folder: Path,
        *,
        host: str = "127.0.0.1",
        username: str = "station",
        password: str | None = None,
        certificate: Path | None = None,
        rights: str = ALL_RIGHTS,
        renames_onto: bool = True,
        is_full: bool = False,
    ) -> None:
        self.folder = folder
        self.host = host
        self.port = unused_port(host)
        self.commands: list[str] = []
        self._authorizer = DummyAuthorizer()
        if password is None:
            self._authorizer.add_anonymous(str(folder), perm="elr")
            self._authorizer.user_table["anonymous"]["perm"] = rights
        else:
            self._authorizer.add_user(username, password, str(folder), perm=rights)
        self._certificate = certificate
        self._renames_onto = renames_onto
        self._is_full = is_full
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def files(self) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in self.folder.iterdir()}

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        self._stopping.clear()
        server = FTPServer((self.host, self.port), self._handler(), ioloop=IOLoop())
        self._thread = threading.Thread(target=self._serve, args=(server,), daemon=True)
        self._thread.start()

    def kill(self) -> None:
        """Stop listening, and drop every connection without a word."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _serve(self, server: FTPServer) -> None:
        while not self._stopping.is_set():
            server.ioloop.loop(timeout=0.02, blocking=False)
        server.close_all()

    def _handler(self) -> type[FTPHandler]:
        commands = self.commands
        kind = TLS_FTPHandler if self._certificate else FTPHandler

        class Handler(kind):  # type: ignore[misc,valid-type] # comes without types
            def pre_process_command(self, line: str, cmd: str, arg: str) -> Any:
                commands.append(cmd)
                return super().pre_process_command(line, cmd, arg)

        Handler.authorizer = self._authorizer
        # It makes who fails to log in wait.
        Handler.auth_failed_timeout = 0
        if not self._renames_onto:
            Handler.abstracted_fs = NeverOnto
        if self._is_full:
            Handler.abstracted_fs = Full
        if self._certificate:
            Handler.certfile = str(self._certificate)
            Handler.tls_control_required = True
            Handler.tls_data_required = True
        return Handler
