"""Letting the machine's clock run a little faster or slower until it is right, without a step."""

from __future__ import annotations

import ctypes
import os

MICROSECONDS = 1_000_000


class _Timeval(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("microseconds", ctypes.c_long))


def adjtime(seconds: float | None) -> float:
    """Slew the clock by `seconds`, 0.5 ms in each (adjtime of the C library); None only asks.

    Gives what was left of the slew before, which the new one replaces. Raises OSError; needs CAP_SYS_TIME.
    """
    library, left = ctypes.CDLL(None, use_errno=True), _Timeval()
    wanted = None
    if seconds is not None:
        # Both parts may be negative, or the whole seconds be 0 and the rest negative.
        wanted = ctypes.byref(_Timeval(0, round(seconds * MICROSECONDS)))
    if library.adjtime(wanted, ctypes.byref(left)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return float(left.seconds + left.microseconds / MICROSECONDS)
