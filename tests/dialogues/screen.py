"""What every dialogue does at a terminal: read its screen, wait for a text, type."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable

PATIENCE_S = 20.0
"""How long a text may take to appear; generous, since a busy machine is no fault of the product."""


class ScreenNeverShowed(AssertionError):
    """The text that a dialogue waits for did not come; the message holds the screen as it was."""


class Screen(ABC):
    """A terminal with somebody in front of it."""

    @abstractmethod
    def lines(self) -> list[str]:
        """The screen now, row by row."""

    @abstractmethod
    def send(self, keys: str) -> None:
        """Type these characters, escape sequences included."""

    @abstractmethod
    def wait_a_little(self, seconds: float) -> None:
        """Take what the terminal gets within at most so many seconds."""

    def text(self) -> str:
        return "\n".join(self.lines())

    def wait_for(self, *wanted: str, patience_s: float = PATIENCE_S) -> str:
        """Wait until every one of `wanted` is on the screen at once; give the screen."""
        return self._wait(
            lambda shown: all(one in shown for one in wanted), f"never showed {wanted}", patience_s
        )

    def wait_until_gone(self, unwanted: str, patience_s: float = PATIENCE_S) -> str:
        return self._wait(lambda shown: unwanted not in shown, f"kept showing {unwanted!r}", patience_s)

    def _wait(self, met: Callable[[str], bool], complaint: str, patience_s: float) -> str:
        deadline = time.monotonic() + patience_s
        while not met(shown := self.text()):
            left = deadline - time.monotonic()
            if left <= 0:
                raise ScreenNeverShowed(f"{complaint} within {patience_s:g} s:\n{shown}")
            self.wait_a_little(min(left, 0.2))
        return shown
