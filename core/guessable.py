"""Passwords that anybody would try first although they look well: a known word, little changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

LIKE: dict[str, str] = {
    "a": "a4@",
    "b": "b8",
    "e": "e3",
    "g": "g9",
    "i": "i1!|",
    "l": "l1|",
    "o": "o0",
    "s": "s5$",
    "t": "t7+",
}
"""What stands for a letter without hiding it."""
SHORTEST_NUMBER = 5


def is_word_changed(password: str, words: Iterable[str]) -> bool:
    """Whether a password is one of the words, in any case, forwards or backwards, once or more often.

    Figures and signs around it or between its letters, and those that look like a letter, hide nothing.
    """
    folded = password.casefold()
    return any(
        _pattern(form).fullmatch(folded)
        for word in words
        for form in (word.casefold(), word.casefold()[::-1])
    )


def holds_number(password: str, number: str) -> bool:
    """Whether the whole serial number stands in a password, forwards or backwards, however it is divided."""
    wanted, there = _plain(number), _plain(password)
    return len(wanted) >= SHORTEST_NUMBER and (wanted in there or wanted[::-1] in there)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _pattern(word: str) -> re.Pattern[str]:
    no_letter = r"[\W\d_]*"
    letters = no_letter.join(f"[{re.escape(LIKE.get(letter, letter))}]" for letter in word)
    return re.compile(f"{no_letter}(?:{letters}{no_letter})+")
