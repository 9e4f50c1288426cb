"""A serial cable: two pty ends, what goes in at one comes out at the other, at the line's speed."""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from typing import Self


class SerialCable:
    """`station_end` and `technician_end` are device paths; `baud` throttles what the station sends.

    `to_technician` counts the bytes that arrived at the technician's end.
    """

    def __init__(self, *, baud: int | None = None) -> None:
        self._station, self._station_slave = pty.openpty()
        self._technician, self._technician_slave = pty.openpty()
        for slave in (self._station_slave, self._technician_slave):
            tty.setraw(slave)
        self.station_end = os.ttyname(self._station_slave)
        self.technician_end = os.ttyname(self._technician_slave)
        self.to_technician = 0
        self._bytes_per_s = baud / 10 if baud else None
        self._stop_r, self._stop_w = os.pipe()
        self._relay = threading.Thread(target=self._carry, name="serial cable", daemon=True)

    def __enter__(self) -> Self:
        self._relay.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pull()
        # Until now the station's end has kept its name: no station finds another line there.
        for fd in (
            self._station_slave,
            self._technician,
            self._technician_slave,
            self._stop_r,
            self._stop_w,
        ):
            os.close(fd)

    def pull(self) -> None:
        """Take the cable, with its adapter, out of the station."""
        if not self._relay.is_alive():
            return
        os.write(self._stop_w, b"x")
        self._relay.join()
        os.close(self._station)

    def _carry(self) -> None:
        while True:
            ready, _, _ = select.select([self._station, self._technician, self._stop_r], [], [])
            if self._stop_r in ready:
                return
            if self._technician in ready:
                os.write(self._station, os.read(self._technician, 4096))
            if self._station in ready:
                chunk = os.read(self._station, 64 if self._bytes_per_s else 4096)
                self.to_technician += len(chunk)
                os.write(self._technician, chunk)
                if self._bytes_per_s:
                    time.sleep(len(chunk) / self._bytes_per_s)
