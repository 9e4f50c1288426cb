"""A serial device, opened raw and for this process alone."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import termios

import serial

from console.options import SerialPort

CARRIER_OR_READY = termios.TIOCM_CAR | termios.TIOCM_DSR


class SerialDevice:
    """An open line of 8 data bits, no parity, 1 stop bit, no flow control. Raises OSError and ValueError."""

    def __init__(self, port: SerialPort) -> None:
        self._serial = serial.Serial(port.device, port.baud, timeout=0, write_timeout=0, exclusive=True)
        self.descriptor: int = self._serial.fileno()
        os.set_blocking(self.descriptor, False)
        self._mark_breaks()
        self._had_lines = self._lines()

    def _mark_breaks(self) -> None:
        settings = termios.tcgetattr(self.descriptor)
        settings[0] = (settings[0] & ~(termios.IGNBRK | termios.BRKINT | termios.IGNPAR)) | termios.PARMRK
        termios.tcsetattr(self.descriptor, termios.TCSANOW, settings)

    def read(self) -> bytes | None:
        """What arrived, marked as PARMRK does; empty when nothing did, None when the device is gone."""
        try:
            return os.read(self.descriptor, 4096) or None
        except BlockingIOError:
            return b""
        except OSError:
            return None

    def hung_up(self) -> bool:
        """True once when the far end took carrier or ready away. A cable without these lines never does."""
        before, self._had_lines = self._had_lines, self._lines()
        return bool(before & ~self._had_lines)

    def _lines(self) -> int:
        try:
            answer = fcntl.ioctl(self.descriptor, termios.TIOCMGET, b"\0\0\0\0")
        except OSError:
            return 0
        return int(struct.unpack("i", answer)[0]) & CARRIER_OR_READY

    def close(self) -> None:
        with contextlib.suppress(OSError, serial.SerialException):
            self._serial.close()
