"""How often something may happen: so many times at once, and then once in a while."""

from __future__ import annotations


class Allowance:
    """`most` times at once; one more is earned every `every` s. Times are elapsed s."""

    def __init__(self, *, most: int, every: float) -> None:
        self._most = most
        self._every = every
        self._left = float(most)
        self._at = 0.0

    def take(self, at: float) -> bool:
        """Use one up; False where none is left."""
        self._left = min(self._most, self._left + max(0.0, at - self._at) / self._every)
        self._at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True
