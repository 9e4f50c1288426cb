"""Which characters stand for what, on terminals with and without more than ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Glyphs:
    """`rule` of a horizontal line, `here` of the focus."""

    rule: str
    here: str


ASCII = Glyphs(rule="-", here=">")
UNICODE = Glyphs(rule="─", here="▸")


def glyphs_for(*, ascii_only: bool) -> Glyphs:
    """The characters for a terminal."""
    return ASCII if ascii_only else UNICODE
