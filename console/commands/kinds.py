"""What the words of a command line stand for: dates, counts and amounts."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from datetime import datetime, timedelta

from console.texts import _

EARLIEST, LATEST = 1970, 2999
"""Years that a station can know of."""


def whole_number(minimum: int, maximum: int) -> Callable[[str], int]:
    """A kind of argument: a whole number, both limits included."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 20 and minimum <= int(text) <= maximum:
            return int(text)
        raise argparse.ArgumentTypeError(
            _("a whole number from {minimum} to {maximum} is expected, not {text!r}").format(
                minimum=minimum, maximum=maximum, text=text[:40]
            )
        )

    return read


def amount(maximum: float) -> Callable[[str], float]:
    """A kind of argument: a number from 0 to `maximum`, a decimal point allowed."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if 0 <= value <= maximum:
            return value
        raise argparse.ArgumentTypeError(
            _("a number from 0 to {maximum:g} is expected, not {text!r}").format(
                maximum=maximum, text=text[:40]
            )
        )

    return read


class Moment:
    """A day or a time as it was written; the station's zone is only known when it is asked."""

    def __init__(self, text: str) -> None:
        try:
            self._written = datetime.fromisoformat(text)
        except ValueError:
            self._written = datetime.min  # noqa: DTZ901 - refused below
        if not EARLIEST <= self._written.year <= LATEST:
            raise argparse.ArgumentTypeError(
                _("a day (2026-11-22) or a time (2026-11-22T14:05) is expected, not {text!r}").format(
                    text=text[:40]
                )
            )
        self._whole_day = len(text) <= len("2026-11-22")

    def begin(self, zone: str) -> datetime:
        """The moment in the station's zone; the first of a whole day."""
        from zoneinfo import ZoneInfo

        if self._written.tzinfo is not None:
            return self._written
        return self._written.replace(tzinfo=ZoneInfo(zone))

    def end(self, zone: str) -> datetime:
        """The moment after which nothing is meant any more: for a whole day the begin of the next."""
        begin = self.begin(zone)
        return begin + timedelta(days=1) if self._whole_day else begin
