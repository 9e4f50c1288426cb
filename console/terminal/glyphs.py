"""Characters as columns of a terminal; nothing that could change its state gets through."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import get_character_cell_size

from console.terminal.cells import RIGHT_HALF, SPACE

_UNKNOWN = "?"

_STAND_INS: Final = {
    "*": "●•◉▪",
    "o": "○◦◯□▫☐°øœ",
    ".": "·∙…‥░",
    "#": "■≠",
    ">": "▶►▸▷❯›→»⇒≥",
    "<": "◀◄◂❮‹←«≤⏎",
    "v": "▼▾▽↓⮟",
    "^": "▲▴△↑⮝⌃",
    "x": "✓✔✗✘×☑☒",
    "-": "–—−‐‑\xad▔🭶⎯",
    "'": "‘’",
    ",": "‚",
    '"': "“”„",
    "u": "µμ",
    "O": "ΩØŒ",
    "E": "€",
    "L": "£Ł",
    "S": "§",
    "+": "±",
    "/": "÷╱",
    "~": "≈",
    "V": "√",
    "8": "∞",
    "s": "ß",
    "a": "æ",
    "d": "đð",
    "l": "ł",
    "i": "ı",
    "p": "þ",
    "A": "Æ",
    "D": "Đ",
    ":": "▒",
    "_": "▁▂🭻",
    "|": "▎▏▍▌▊▋▐▕🮇🮈🮉│",
    "\\": "╲",
    "X": "╳",
}
"""One-column ASCII stand-ins; what is not here goes by its Unicode name or its base letter."""

_ASCII: Final = {glyph: ascii_one for ascii_one, glyphs in _STAND_INS.items() for glyph in glyphs}


@lru_cache(maxsize=4096)
def points(character: str, *, utf8: bool) -> tuple[int, ...]:
    """Return the code points of the columns that a character takes, one each.

    A character without width (control, combining, direction) takes none and is dropped. What cannot be
    printed becomes a question mark, a space of any kind a space.
    """
    width = get_character_cell_size(character)
    if width == 0:
        return ()
    if character.isspace():
        return (SPACE,) * width
    if utf8 and character.isprintable():
        return (ord(character), RIGHT_HALF)[:width]
    if character.isascii() and character.isprintable():
        return (ord(character),)
    return (ord(_ascii(character)),) * width


def _ascii(character: str) -> str:
    known = _ASCII.get(character)
    if known is not None:
        return known
    name = unicodedata.name(character, "")
    if name.startswith("BOX DRAWINGS"):
        return _box(name)
    if "BLOCK" in name or "QUADRANT" in name:
        return "#"
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() and base.isprintable() else _UNKNOWN


def _box(name: str) -> str:
    horizontal = any(word in name for word in ("HORIZONTAL", "LEFT", "RIGHT"))
    vertical = any(word in name for word in ("VERTICAL", "UP", "DOWN"))
    if horizontal and vertical:
        return "+"
    return "-" if horizontal else "|"
