"""A web server that keeps the files that forms bring."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from contextlib import suppress
from email import message_from_bytes
from email.message import MIMEPart
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast

from tests.peers.cable import unused_port


class Upload:
    """A file as the server took it."""

    def __init__(self, path: str, key: str, part: MIMEPart) -> None:
        self.path = path
        self.key = key
        self.field = str(part.get_param("name", header="content-disposition"))
        self.name = str(part.get_filename())
        self.content = cast("bytes", part.get_payload(decode=True))


class WebServer:
    """Takes files at `path`; `password` makes a log-in needed.

    `status` answers what would be taken in its place, `location` goes with it; `statuses` by method
    answers HEAD and OPTIONS. `offered` is what a GET of the path gets.
    `start` again after `kill` listens at the same port.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        path: str = "/upload/records",
        context: ssl.SSLContext | None = None,
        username: str = "station",
        password: str | None = None,
    ) -> None:
        self.host = host
        self.port = unused_port(host)
        self.path = path
        self.uploads: list[Upload] = []
        self.methods: list[str] = []
        self.status = 201
        self.location: str | None = None
        self.offered = b""
        self.statuses = {"HEAD": 200, "OPTIONS": 204}
        self.allow: str | None = "POST, OPTIONS"
        self.login = f"{username}:{password}" if password is not None else None
        self._context = context
        self._server: _Listener | None = None
        self._thread: threading.Thread | None = None

    def delivered_once(self) -> dict[str, Upload]:
        """Uploads by idempotency key: what a server shows that keeps one of each."""
        return {each.key: each for each in self.uploads}

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        site = self

        class Handler(_Handler):
            served = site

        self._server = _Listener((self.host, self.port), Handler)
        if self._context is not None:
            # Encrypted by each connection's own thread: a client that hesitates holds up nobody else.
            self._server.socket = self._context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def kill(self) -> None:
        """Stop listening, and drop every connection without a word."""
        if self._server is not None:
            self._server.shutdown()
            self._server.drop_all()
            self._server.server_close()
        if self._thread is not None:
            self._thread.join(timeout=10)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._open: list[socket.socket] = []
        super().__init__(address, handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        accepted, address = super().get_request()
        self._open.append(accepted)
        return accepted, address

    def drop_all(self) -> None:
        for each in self._open:
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust the server leaves in the middle of its greeting."""


class _Handler(BaseHTTPRequestHandler):
    served: WebServer

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            # The client went away.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        status = self._refusal() or self.served.status
        if len(content) < int(self.headers["Content-Length"]):
            return
        if 200 <= status < 300:
            head = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n"
            form = message_from_bytes(head + content, policy=HTTP)
            key = self.headers["Idempotency-Key"]
            self.served.uploads += [Upload(self.path, key, part) for part in form.iter_parts()]
        self._answer(status)

    def do_GET(self) -> None:
        self._answer(self._refusal() or 200, self.served.offered)

    def do_HEAD(self) -> None:
        self._answer(self._refusal() or self.served.statuses["HEAD"])

    def do_OPTIONS(self) -> None:
        self._answer(self._refusal() or self.served.statuses["OPTIONS"])

    def _refusal(self) -> int | None:
        self.served.methods.append(self.command)
        if self.served.login is not None:
            wanted = "Basic " + base64.b64encode(self.served.login.encode()).decode()
            if self.headers["Authorization"] != wanted:
                return 401
        return None if self.path == self.served.path else 404

    def _answer(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        if self.served.location is not None:
            self.send_header("Location", self.served.location)
        if self.served.allow is not None:
            self.send_header("Allow", self.served.allow)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
