"""The seam carried over a unix socket: a server in core, a client in the console and in commands."""

from core.link.client import connect
from core.link.server import LinkServer

__all__ = ["LinkServer", "connect"]
