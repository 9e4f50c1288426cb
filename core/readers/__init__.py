"""Badge readers: what they read, and whether they are there."""

from core.readers.making import make_reader
from core.readers.reader import Presented, Reader, ReaderState, Signal

__all__ = ["Presented", "Reader", "ReaderState", "Signal", "make_reader"]
