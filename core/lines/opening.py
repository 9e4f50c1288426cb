"""Opens a serial device, a network address or an input device."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import termios
from functools import partial

import serial

from core.lines.place import Place
from core.lines.port import DeviceLost, Port, lost
from core.lines.waiting import Sleep, within

CONNECT_SECONDS = 5.0
SILENT_PEER = {socket.TCP_KEEPIDLE: 10, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 3}
"""A peer that lost its supply says nothing: it is asked after 10 s, and given up after three questions."""


async def open_port(place: Place, sleep: Sleep) -> Port:
    """The line to a device. Raises DeviceLost."""
    if not place.host:
        return _open_serial(place)
    try:
        return await within(CONNECT_SECONDS, _connect(place), sleep)
    except TimeoutError:
        raise DeviceLost(f"{place.host} port {place.port} does not answer") from None


def open_input(path: str) -> Port:
    """An input device, to read only. Raises DeviceLost."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from None
    return Port(descriptor, partial(os.close, descriptor))


def _open_serial(place: Place) -> Port:
    try:
        line = serial.Serial(
            place.device, place.baud, parity=place.parity, timeout=0, write_timeout=0, exclusive=True
        )
    except (OSError, ValueError, termios.error) as error:
        raise _not_opened(place.device, error) from None
    try:
        os.set_blocking(line.fileno(), False)
        settings = termios.tcgetattr(line.fileno())
        # Nothing to read is then not mistaken for the end of the line.
        settings[6][termios.VMIN] = 1
        # Many boards restart when the line is dropped at the end.
        settings[2] &= ~termios.HUPCL
        termios.tcsetattr(line.fileno(), termios.TCSANOW, settings)
    except (OSError, termios.error) as error:
        _close_serial(line)
        raise _not_opened(place.device, error) from None
    return Port(line.fileno(), partial(_close_serial, line))


def _close_serial(line: serial.Serial) -> None:
    with contextlib.suppress(OSError, termios.error):
        line.close()


async def _connect(place: Place) -> Port:
    loop = asyncio.get_running_loop()
    where = f"{place.host} port {place.port}"
    try:
        found = await loop.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _not_opened(where, error) from None
    problem = DeviceLost(f"{where} does not answer")
    for family, kind, protocol, _, address in found:
        peer = socket.socket(family, kind, protocol)
        try:
            peer.setblocking(False)
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in SILENT_PEER.items():
                peer.setsockopt(socket.IPPROTO_TCP, option, value)
            await loop.sock_connect(peer, address)
        except OSError as error:
            peer.close()
            problem = _not_opened(where, error)
        except asyncio.CancelledError:
            peer.close()
            raise
        else:
            return Port(peer.fileno(), peer.close)
    raise problem


def _not_opened(what: str, error: Exception) -> DeviceLost:
    if isinstance(error, OSError) and error.errno is not None:
        return DeviceLost(f"{what}: {os.strerror(error.errno)}")
    return DeviceLost(f"{what}: {lost(error)}")
