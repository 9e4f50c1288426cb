"""A connection to a file server (FTP, RFC 959 and 2428; TLS, RFC 4217)."""

from __future__ import annotations

import ftplib
import io
import re
import socket
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TextIO, cast

from core.publication.transports.target import FileTarget

ANSWER = re.compile(r"[1-5][0-9]{2}(?:[ -]|$)")
MOST_LINES = 500
PIECE = 64 * 1024


class Garbled(ftplib.Error):
    """What the server says is no answer of a file server."""


class NoTransfer(OSError):
    """The connection for a file could not be opened, while the server still answers."""


class FileSession(ftplib.FTP_TLS):
    """The standard library's client on a connection that is open; blocks, so it runs in a thread.

    Each wait is bounded by `answer_s`. `cut` ends whatever waits, from any thread.
    """

    def __init__(
        self, opened: socket.socket, target: FileTarget, context: ssl.SSLContext | None, answer_s: float
    ) -> None:
        # An empty context trusts nobody.
        super().__init__(context=context or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), timeout=answer_s)
        opened.settimeout(answer_s)
        self.host = target.host
        self.sock = opened
        self.af = opened.family
        self.set_pasv(target.passive)
        self._listen()
        self._in_use: list[socket.socket] = [opened]
        self._was_cut = False

    def _listen(self) -> None:
        """Read answers in whatever character set they are."""
        reading = cast("socket.socket", self.sock).makefile("r", encoding="utf-8", errors="replace")
        self.file = cast("TextIO", reading)

    def cut(self) -> None:
        self._was_cut = True
        for each in self._in_use:
            with suppress(OSError):
                # Not an encrypted socket's own method: that one is not made for two threads.
                socket.socket.shutdown(each, socket.SHUT_RDWR)

    def _keep(self, opened: socket.socket) -> socket.socket:
        self._in_use.append(opened)
        if self._was_cut:
            self.cut()
        return opened

    def getmultiline(self) -> str:
        """An answer, of one line or more; only a file server's, and only so many lines."""
        first = self.getline()
        if not ANSWER.match(first):
            raise Garbled(first)
        lines = [first]
        while first[3:4] == "-" and lines[-1][:4] != f"{first[:3]} ":
            lines.append(self.getline())
            if len(lines) > MOST_LINES:
                raise Garbled("too many lines")
        return "\n".join(lines)

    def greeting(self) -> str:
        self.welcome = self.getresp()
        return self.welcome

    def goodbye(self, answer_s: float) -> None:
        """Say goodbye, waited for so long; the connection is closed whatever the server says."""
        try:
            cast("socket.socket", self.sock).settimeout(answer_s)
            self.voidcmd("QUIT")
        finally:
            self.end()

    def end(self) -> None:
        """Close everything; never fails."""
        for each in self._in_use:
            each.close()
        with suppress(OSError, ValueError):
            self.close()

    def encrypt(self) -> ssl.SSLSocket:
        """Encrypt the connection (AUTH TLS), certificate and name verified."""
        self.auth()
        encrypted = cast("ssl.SSLSocket", self.sock)
        self._in_use = [self._keep(encrypted)]
        self._listen()
        return encrypted

    def makeport(self) -> socket.socket:
        """Listen for the connection for a file, where this one goes out and nowhere else."""
        host, _, *scope = cast("socket.socket", self.sock).getsockname()
        listening = self._keep(socket.create_server((host, 0, *scope), family=self.af, backlog=1))
        port = listening.getsockname()[1]
        if self.af == socket.AF_INET:
            self.sendport(host, port)
        else:
            self.sendeprt(host, port)
        listening.settimeout(self.timeout)
        return listening

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        """The connection for a file: from and to the same host as this one, encrypted where this one is.

        Many servers only take one that resumes the TLS session of this one.
        """
        control = cast("socket.socket", self.sock)
        conn, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - what the guide asks for
        try:
            _see_same_host(conn, control)
            if isinstance(control, ssl.SSLSocket):
                conn = self.context.wrap_socket(conn, server_hostname=self.host, session=control.session)
        except BaseException:
            conn.close()
            raise
        return self._keep(conn), size

    def store(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file. Returns when the server has said that it has all of it."""
        self.voidcmd("TYPE I")
        with self._transfer(f"STOR {name}") as conn:
            for piece in pieces:
                conn.sendall(piece)
            if isinstance(conn, ssl.SSLSocket):
                # Servers that just close are many; their answer says whether they have the file.
                with suppress(OSError, ValueError):
                    conn.unwrap()
        self.voidresp()

    def fetch(self, name: str, take: Callable[[bytes], None]) -> None:
        """Hand over what a file holds. Returns when the server has said that this is all of it."""
        self.voidcmd("TYPE I")
        with self._transfer(f"RETR {name}") as conn:
            while piece := conn.recv(PIECE):
                take(piece)
        self.voidresp()

    def _transfer(self, command: str) -> socket.socket:
        try:
            return self.transfercmd(command)
        except (ssl.SSLError, ConnectionResetError, BrokenPipeError):
            raise
        except OSError as fault:
            raise NoTransfer from fault

    def stored_bytes(self, name: str) -> int | None:
        """The length of a file on the server; None where the server does not tell."""
        try:
            return self.size(name)
        except (ftplib.error_perm, ftplib.error_temp, ValueError):
            return None


def _see_same_host(conn: socket.socket, control: socket.socket) -> None:
    if conn.getpeername()[0] != control.getpeername()[0]:
        raise ConnectionAbortedError("another host connected")


def pieces_of(content: bytes) -> Iterable[bytes]:
    reading = io.BytesIO(content)
    return iter(lambda: reading.read(PIECE), b"")
