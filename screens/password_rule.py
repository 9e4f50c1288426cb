"""The rule for new passwords, piece by piece, so that a screen can say what is missing."""

from __future__ import annotations

from collections.abc import Callable

from screens.texts import N_

LENGTH = 8

RULE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (N_("at least 8 characters"), lambda new: len(new) >= LENGTH),
    (N_("an upper-case letter"), lambda new: any(letter.isupper() for letter in new)),
    (N_("a lower-case letter"), lambda new: any(letter.islower() for letter in new)),
    (N_("a digit"), lambda new: any(letter.isdigit() for letter in new)),
    (
        N_("a special character"),
        lambda new: any(not (letter.isalnum() or letter.isspace()) for letter in new),
    ),
)


def missing(new: str) -> tuple[str, ...]:
    """The parts of the rule that `new` does not meet, untranslated."""
    return tuple(words for words, holds in RULE if not holds(new))
