r"""How one value stands on a line of the `.cfg` file.

A plain value stands as it is. One that is empty, begins or ends with a blank, or holds `#`, `"`, `\` or
anything that is not seen stands in quotation marks, with `\"`, `\\`, `\n`, `\r`, `\t`, `\uXXXX` and
`\UXXXXXXXX`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.errors import Invalid
from core.settings.cleaning import harmless

AWKWARD = frozenset('"#\\')
BLANKS = " \t"
_SHORT: Mapping[str, str] = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_LETTERS: Mapping[str, str] = {meant: letter for letter, meant in _SHORT.items()}
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF


def written(value: str) -> str:
    """The value as it stands after the equals sign."""
    if value and value == value.strip() and value.isprintable() and not AWKWARD.intersection(value):
        return value
    return f'"{"".join(map(_escaped, value))}"'


def understood(text: str) -> str:
    """The value that `written` was given; plain ones may be empty too. Raises Invalid."""
    text = text.strip(BLANKS)
    if not text.startswith('"'):
        awkward = next((each for each in text if each in AWKWARD), None)
        if awkward is not None:
            raise Invalid(
                "a value with {sign} stands in quotation marks; a comment has a line of its own", sign=awkward
            )
        return text
    match = _QUOTED.match(text)
    if match is None:
        raise Invalid("the quotation mark at the end of the value is missing")
    if match.end() != len(text):
        raise Invalid("nothing may follow the quotation mark at the end of a value")
    return _ESCAPE.sub(_meant, match[1])


def _escaped(character: str) -> str:
    if character in _LETTERS:
        return "\\" + _LETTERS[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _meant(match: re.Match[str]) -> str:
    said = match[1]
    if said in _SHORT:
        return _SHORT[said]
    if len(said) > 1:
        code = int(said[1:], 16)
        if code <= _LAST_CHARACTER and code not in _SURROGATES:
            return chr(code)
    raise Invalid("{got} stands for no character; a backslash itself is \\\\", got=harmless(match[0]))
