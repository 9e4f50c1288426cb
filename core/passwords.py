"""What a password must be, and how it is kept."""

from __future__ import annotations

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import Type

from core.errors import Invalid, Problem
from core.guessable import holds_number, is_word_changed

LONGEST = 128
SHORTEST = 8
AT_ONCE = 2


def cleaned(password: str) -> str:
    """Return a password in the one form that it is kept and compared in (NFC)."""
    return unicodedata.normalize("NFC", password)


def problems(password: str, *, account: str, serial_number: str, factory: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a new password: the guide's rule, and what anybody would try first."""
    if len(password) > LONGEST:
        return (Problem(template="A password has at most 128 characters."),)
    missing = (
        (len(password) < SHORTEST, "at least eight characters"),
        (not any(letter.isupper() for letter in password), "an upper-case letter"),
        (not any(letter.islower() for letter in password), "a lower-case letter"),
        (not any(letter.isdigit() for letter in password), "a digit"),
        (
            all(letter.isalnum() or letter.isspace() for letter in password),
            "a special character such as ! ? - or _",
        ),
    )
    folded = password.casefold()
    is_name, is_factory = folded == account.casefold(), folded == factory.casefold()
    is_number = folded == serial_number.casefold()
    faults = (
        (
            any(unicodedata.category(letter) == "Cc" for letter in password),
            "A password has no control characters.",
        ),
        (is_factory, "The password must not be the factory password."),
        (is_name, "The password must not be the user name."),
        (is_number, "The password must not be the serial number of the station."),
        (
            not (is_name or is_factory) and is_word_changed(password, (account, factory)),
            "The password must not be the user name or the factory password, changed a little or backwards.",
        ),
        (
            not is_number and holds_number(password, serial_number),
            "The password must not hold the serial number of the station, nor that backwards.",
        ),
    )
    found = [Problem(template=text) for wrong, text in faults if wrong]
    lacking = [text for wrong, text in missing if wrong]
    if lacking:
        found.insert(
            0, Problem(template="The password needs: {missing}.", values={"missing": ", ".join(lacking)})
        )
    return tuple(found)


def accept(password: str, *, account: str, serial_number: str, factory: str) -> str:
    """Return a new password cleaned; raises Invalid with all that is wrong with it."""
    clean = cleaned(password)
    found = problems(clean, account=account, serial_number=serial_number, factory=factory)
    if found:
        raise Invalid.from_problems(found)
    return clean


class Keeper:
    """Hashes and verifies in threads, few at a time (argon2id; memory in KiB)."""

    def __init__(self, *, memory: int = 19 * 1024, passes: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=1, type=Type.ID)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def is_right(self, password: str, stored: str) -> bool:
        """Whether a password is the one that was hashed."""
        async with self._turns:
            return await asyncio.to_thread(self._verify, password, stored)

    def _verify(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
