"""The ways to send a parcel: by e-mail, to a file server, to a web server."""

from core.publication.transports.limits import Limits
from core.publication.transports.making import make_transport
from core.publication.transports.target import Reader

__all__ = ["Limits", "Reader", "make_transport"]
