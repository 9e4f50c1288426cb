"""The ranges in which a meter is looked for, as they are typed."""

from __future__ import annotations

from core.profile.options import BAUDS
from screens.texts import _

PARITIES = ("N", "E", "O")


class NotARange(Exception):
    """What was typed cannot be; the message says why."""


def number_range(label: str, text: str, allowed: tuple[int, int]) -> tuple[int, int]:
    """`7` or `1-32`, both limits included; (0, 0) where nothing is typed. Raises NotARange."""
    first, _dash, last = (part.strip() for part in text.strip().partition("-"))
    if not first and not _dash:
        return 0, 0
    last = last if _dash else first
    wanted = _("{label}: a number or a range of {first} to {last}.").format(
        label=label, first=allowed[0], last=allowed[1]
    )
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (first, last)):
        raise NotARange(wanted)
    numbers = int(first), int(last)
    if not allowed[0] <= numbers[0] <= numbers[1] <= allowed[1]:
        raise NotARange(wanted)
    return numbers


def speeds_of(text: str) -> tuple[int, ...]:
    """`19200,9600`; empty for the usual ones. Raises NotARange."""
    parts = _parts(text)
    known = {str(baud): baud for baud in BAUDS}
    if not set(parts) <= known.keys():
        raise NotARange(_("Speeds: some of {all}.").format(all=", ".join(known)))
    return tuple(known[part] for part in parts)


def parities_of(text: str) -> tuple[str, ...]:
    """`N,E`; empty for the usual ones. Raises NotARange."""
    parts = _parts(text.upper())
    if not set(parts) <= set(PARITIES):
        raise NotARange(_("Parities: some of {all}.").format(all=", ".join(PARITIES)))
    return parts


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in text.replace(" ", ",").split(",") if part))
