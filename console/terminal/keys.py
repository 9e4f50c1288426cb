"""Bytes from a terminal as keys: what is not a key is dropped, and nothing unprintable is typed."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from console.terminal.escapes import ESC, EscapeSequence
from console.terminal.sequences import CONTROL_KEYS, CSI_KEYS, ESCAPED_DIGITS, SS3_KEYS

ESCAPE_PAUSE: Final = 0.3
"""Seconds of silence after which a lone Esc is the key, and an unfinished sequence is nothing."""


class KeyPress(NamedTuple):
    """A key by Textual's name for it, and the character that it types."""

    name: str
    character: str | None


class CursorReport(NamedTuple):
    """The terminal says where its cursor stands; row and column count from 1."""

    row: int
    column: int


class SizeReport(NamedTuple):
    """The terminal says how large it is."""

    rows: int
    columns: int


Report = CursorReport | SizeReport

_CURSOR = re.compile(r"\[(\d{1,4});(\d{1,4})R")
_SIZE = re.compile(r"\[8;(\d{1,4});(\d{1,4})t")

_RENAMED: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


class KeyReader:
    """Reads the keys of one terminal, in whatever pieces they arrive."""

    def __init__(self, on_report: Callable[[Report], None] | None = None) -> None:
        """``on_report`` is told what the terminal answers about itself; without it, answers are dropped."""
        self._on_report = on_report
        self._decoder = _decoder()
        self._sequence: EscapeSequence | None = None
        self._after_return = False

    @property
    def waits(self) -> bool:
        """True when what comes within ``ESCAPE_PAUSE`` decides what the bytes so far were."""
        return self._sequence is not None

    def feed(self, received: bytes) -> list[KeyPress]:
        """Return the keys that these bytes complete."""
        keys: list[KeyPress] = []
        for byte in received:
            self._take(byte, keys)
        return keys

    def pause(self) -> list[KeyPress]:
        """Nothing came for ``ESCAPE_PAUSE``: return the lone Esc, or drop what was left unfinished."""
        sequence, self._sequence = self._sequence, None
        self._decoder.reset()
        return [_ESCAPE] if sequence is not None and sequence.is_alone else []

    def _take(self, byte: int, keys: list[KeyPress]) -> None:
        sequence = self._sequence
        if sequence is not None:
            if sequence.takes(byte):
                if sequence.add(byte):
                    self._sequence = None
                    self._finish(sequence, keys)
                return
            self._sequence = EscapeSequence() if sequence.was_cut_short else None
            if sequence.was_cut_short:
                self._take(byte, keys)
                return
            if sequence.is_alone:
                keys.append(_ESCAPE)
        after_return, self._after_return = self._after_return, byte == 0x0D
        if byte == ESC:
            self._decoder.reset()
            self._sequence = EscapeSequence()
        elif byte < 0x20 or byte == 0x7F:
            self._decoder.reset()
            name = CONTROL_KEYS.get(byte)
            if name is not None and not (byte == 0x0A and after_return):
                keys.append(KeyPress(name, _CHARACTERS.get(name, chr(byte))))
        else:
            keys += [
                _typed(character) for character in self._decoder.decode(bytes((byte,))) if _types(character)
            ]

    def _finish(self, sequence: EscapeSequence, keys: list[KeyPress]) -> None:
        if sequence.is_string:
            return
        body = sequence.body.decode("ascii", "replace")
        if body in ESCAPED_DIGITS:
            keys.append(KeyPress(ESCAPED_DIGITS[body], None))
            return
        name = {"[": CSI_KEYS, "O": SS3_KEYS}.get(body[0], {}).get(body[1:])
        if name is not None:
            keys.append(KeyPress(name, _CHARACTERS.get(name)))
        elif self._on_report is not None:
            if match := _CURSOR.fullmatch(body):
                self._on_report(CursorReport(int(match[1]), int(match[2])))
            elif match := _SIZE.fullmatch(body):
                self._on_report(SizeReport(int(match[1]), int(match[2])))


_CHARACTERS: Final = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}
_ESCAPE: Final = KeyPress("escape", "\x1b")


def _decoder() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")("ignore")


def _types(character: str) -> bool:
    return character.isprintable()


def _typed(character: str) -> KeyPress:
    return KeyPress(key_name(character), character)


def key_name(character: str) -> str:
    """Return Textual's name for the key that types this printable character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name) or character
