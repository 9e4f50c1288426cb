"""The order of versions: whole numbers with dots between them."""

from __future__ import annotations

import re

PATTERN = r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){0,3}"
_VERSION = re.compile(PATTERN)


def is_version(text: str) -> bool:
    """Whether it is 1 to 4 whole numbers up to 999999, such as `1.4.0`."""
    return _VERSION.fullmatch(text) is not None


def rank(version: str) -> tuple[int, ...]:
    """By which versions are ordered; `1.2` and `1.2.0` are the same. Raises ValueError for no version."""
    if not is_version(version):
        raise ValueError(version)
    numbers = [int(number) for number in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def newest(*versions: str) -> str:
    """The highest of them; what is no version counts as the lowest."""
    return max(versions, key=lambda each: rank(each) if is_version(each) else (-1,))
