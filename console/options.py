"""The options of `evtty run`, `core`, `console`, `attach` and `replay`, and the command line as a whole."""

from __future__ import annotations

import argparse
import ipaddress
from dataclasses import dataclass

from console.texts import _

DEFAULT_SSH = "127.0.0.1:8022"
DEFAULT_BAUD = 115_200
BAUD_RATES = (1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400)


@dataclass(frozen=True)
class Address:
    """Where the SSH server listens; port 0 lets the machine choose."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read HOST:PORT or [HOST]:PORT; the host is a name or an address, the port 0..65535."""
        host, colon, port = text.rpartition(":")
        if host.startswith("[") and host.endswith("]"):
            host = host[1:-1]
        elif ":" in host:
            colon = ""
        digits = port.isascii() and port.isdigit() and len(port) <= len("65535")
        if not colon or not host or not digits or int(port) > 0xFFFF:
            raise argparse.ArgumentTypeError(
                _("HOST:PORT is expected, such as {example}, not {text!r}").format(
                    example=DEFAULT_SSH, text=text[:80]
                )
            )
        return cls(host, int(port))


@dataclass(frozen=True)
class SerialPort:
    """A serial line: the path of its device and its speed in bit/s; 8 data bits, no parity, 1 stop bit."""

    device: str
    baud: int = DEFAULT_BAUD

    def __str__(self) -> str:
        return f"{self.device}:{self.baud}"

    @classmethod
    def parse(cls, text: str) -> SerialPort:
        """Read DEVICE[:BAUD]."""
        device, colon, speed = text.rpartition(":")
        if not colon or not (speed.isascii() and speed.isdigit()):
            device, speed = text, str(DEFAULT_BAUD)
        if not device:
            raise argparse.ArgumentTypeError(_("DEVICE[:BAUD] is expected, such as /dev/ttyS1:9600"))
        if len(speed) > len("230400") or int(speed) not in BAUD_RATES:
            raise argparse.ArgumentTypeError(
                _("the speed is one of {rates}, not {speed}").format(
                    rates=", ".join(map(str, BAUD_RATES)), speed=speed[:20]
                )
            )
        return cls(device, int(speed))


def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """Read ADDRESS/BITS."""
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("a network is expected, such as 192.168.0.240/28, not {text!r}").format(text=text[:80])
        ) from None
