"""A time server on loopback, in a thread of its own: right, silent, or wrong in every way that matters."""

from __future__ import annotations

import socket
import struct
import threading
import time
from typing import Self

from core.timekeeping.packet import LENGTH, timestamp_of


class Answering:
    """What a time server says, right as long as nothing is turned.

    `ahead` s: its time less this computer's.
    """

    def __init__(self, *, ahead: float = 0.0) -> None:
        self.ahead = ahead
        self.leap, self.version, self.mode, self.stratum = 0, 4, 4, 2
        self.root_delay, self.root_dispersion = 0.01, 0.01
        self.reference = b"TEST"
        self.right_origin = True
        self.raw: bytes | None = None
        """Sent in place of an answer."""

    def answer(self, asked: bytes) -> bytes:
        """The answer to a question as the attributes say."""
        if self.raw is not None:
            return self.raw
        nonce = asked[40:48] if self.right_origin else bytes(8)
        now = timestamp_of(time.time() + self.ahead)
        packed = struct.pack(
            "!BBbbII4sQ8sQQ",
            self.leap << 6 | self.version << 3 | self.mode,
            self.stratum,
            6,
            -20,
            round(self.root_delay * 65536),
            round(self.root_dispersion * 65536),
            self.reference,
            now,
            nonce,
            now,
            now,
        )
        assert len(packed) == LENGTH
        return packed


class TimeServer(Answering):
    """Answers on a free UDP port; what it says of itself can be turned while it runs.

    `answers` False: it hears and says nothing.
    """

    def __init__(self, *, ahead: float = 0.0, address: str = "127.0.0.1") -> None:
        super().__init__(ahead=ahead)
        self.answers = True
        self.late = threading.Event()
        self.late.set()
        """Cleared, it holds its answers back."""
        self.questions = 0
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._socket.bind((address, 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.late.set()
        with socket.socket(self._socket.family, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self._socket.getsockname())
        self._thread.join(timeout=5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            datagram, sender = self._socket.recvfrom(512)
            if not datagram:
                return
            self.questions += 1
            self.late.wait(timeout=5)
            if self.answers:
                self._socket.sendto(self.answer(datagram), sender)
