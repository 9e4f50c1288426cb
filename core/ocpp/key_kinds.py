"""What a configuration key of OCPP can hold, as text on the link."""

from __future__ import annotations

import re
from typing import Protocol

import msgspec

NUMBER = re.compile(r"[0-9]{1,9}")


class Kind(Protocol):
    """The one spelling of a value that fits, or None."""

    def fit(self, text: str) -> str | None: ...


class Flag(msgspec.Struct, frozen=True):
    """`true` or `false`, in any capitals."""

    def fit(self, text: str) -> str | None:
        lower = text.strip().lower()
        return lower if lower in {"true", "false"} else None


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A whole number within these bounds."""

    least: int = 0
    most: int = 86_400

    def fit(self, text: str) -> str | None:
        number = text.strip()
        if not NUMBER.fullmatch(number) or not self.least <= int(number) <= self.most:
            return None
        return str(int(number))


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A list of these words with commas between them; each at most once, and none at all is a list too."""

    known: tuple[str, ...] = ()

    def fit(self, text: str) -> str | None:
        given = [word.strip() for word in text.split(",") if word.strip()]
        if not set(given) <= set(self.known) or len(set(given)) < len(given):
            return None
        return ",".join(given)


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """Printable ASCII."""

    least: int = 0
    most: int

    def fit(self, text: str) -> str | None:
        fits = self.least <= len(text) <= self.most and text.isascii()
        return text if fits and (text.isprintable() or not text) else None
