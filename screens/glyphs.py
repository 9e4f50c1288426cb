"""Which characters stand for what, on terminals with and without more than ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Glyphs:
    """`rule` of a horizontal line, `here` of the focus, `down` and `up` for more in that direction."""

    rule: str
    here: str
    down: str
    up: str
    border: str


ASCII = Glyphs(rule="-", here=">", down="v", up="^", border="ascii")
UNICODE = Glyphs(rule="─", here="▸", down="▾", up="▴", border="round")


def glyphs_for(*, ascii_only: bool) -> Glyphs:
    """The characters for a terminal."""
    return ASCII if ascii_only else UNICODE
