"""How hard a password is to guess, roughly, in words.

An estimate of the guesses that somebody needs who tries likely things first: known words, years, runs such as
`abc` or `1111`, keys side by side. It tells a weak password from a good one; it knows far fewer words than
lists of real passwords do, so that *good* is no promise. The guide's rule is another matter, and comes first.
"""

from __future__ import annotations

import re
from typing import Literal

from screens.texts import N_

Strength = Literal["very weak", "weak", "fair", "good", "strong"]

WORDS = (
    "password", "passwort", "motdepasse", "wachtwoord", "welcome", "willkommen", "bienvenue",
    "administrator", "admin", "user", "login", "access", "station", "charger", "charging", "charge",
    "electric", "electro", "voltage", "volt", "ampere", "power", "energy", "parking", "garage",
    "vehicle", "car", "qwerty", "azerty", "qwertz", "letmein", "changeme", "default", "secret",
    "master", "service", "support", "technician", "summer", "winter", "spring", "autumn", "sommer",
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "hello",
    "test", "demo", "guest", "root", "system", "company", "dragon", "football", "baseball", "monkey",
    "shadow", "sunshine", "princess", "love", "house", "home", "office",
)  # fmt: skip
ROWS = (
    "qwertzuiopü",
    "qwertyuiop",
    "azertyuiop",
    "asdfghjklöä",
    "qsdfghjklm",
    "yxcvbnm",
    "zxcvbnm",
    "1234567890",
)
LOOKS_LIKE = str.maketrans("4@831!0$57", "aabeiiosst")
BITS_OF_WORD = 9.0
BITS_OF_YEAR = 6.0
BITS_OF_RUN = 4.0
SHORTEST_RUN = 3
LEVELS: tuple[tuple[float, Strength], ...] = (
    (30, "very weak"),
    (42, "weak"),
    (54, "fair"),
    (70, "good"),
    (float("inf"), "strong"),
)
"""Below so many bits: what it is called."""
MEANING: dict[Strength, str] = {
    "very weak": N_("very weak: among the first that anybody tries"),
    "weak": N_("weak: a program guesses it soon"),
    "fair": N_("fair: add another word"),
    "good": N_("good"),
    "strong": N_("strong"),
}
YEAR = re.compile(r"(?:19|20)\d\d")


def strength(password: str) -> Strength:
    """What a password is called."""
    found = bits(password)
    return next(name for limit, name in LEVELS if found < limit)


def bits(password: str) -> float:
    """The binary logarithm of the guesses, estimated."""
    at, total = 0, 0.0
    while at < len(password):
        length, worth = _piece(password[at:], password[at - 1 : at])
        total += worth
        at += length
    return total


def _piece(text: str, before: str) -> tuple[int, float]:
    """The length of what is guessed as one thing at the begin, and its worth in bits."""
    folded = text.casefold()
    plain = folded.translate(LOOKS_LIKE)
    word = max((len(word) for word in WORDS if folded.startswith(word) or plain.startswith(word)), default=0)
    run = _run(folded)
    if word > run:
        signs = sum(1 for letter in text[:word] if not letter.islower())
        return word, BITS_OF_WORD + min(signs, 3)
    if YEAR.match(text):
        return 4, BITS_OF_YEAR
    if run >= SHORTEST_RUN:
        return run, BITS_OF_RUN + run.bit_length()
    return 1, _of_one(text[0], before)


def _run(text: str) -> int:
    """How far the begin goes on by the same step, or along a row of keys."""
    longest = 1
    for step in (0, 1, -1):
        length = 1
        while length < len(text) and ord(text[length]) - ord(text[length - 1]) == step:
            length += 1
        longest = max(longest, length)
    for row in ROWS:
        for keys in (row, row[::-1]):
            at = keys.find(text[0])
            length = 1
            while at >= 0 and length < len(text) and keys[at + length : at + length + 1] == text[length]:
                length += 1
            longest = max(longest, length)
    return longest


def _of_one(letter: str, before: str) -> float:
    """What a single character is worth; within a word the next letter is easier to guess."""
    if letter.isdigit():
        return 3.3
    if letter.isspace():
        return 2.0
    if not letter.isalpha():
        return 5.5
    return 3.0 if before.isalpha() and before.islower() == letter.islower() else 5.0
