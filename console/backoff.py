"""How long to wait before something that died is started again."""

from __future__ import annotations

from dataclasses import dataclass

WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
STEADY_AFTER_S = 30.0


@dataclass
class Backoff:
    """Waits longer after each death, and forgets after a life of half a minute."""

    deaths: int = 0

    def wait_after(self, lived_s: float) -> float:
        """Seconds to wait after a life of `lived_s`."""
        if lived_s >= STEADY_AFTER_S:
            self.deaths = 0
        wait = WAITS_S[min(self.deaths, len(WAITS_S) - 1)]
        self.deaths += 1
        return wait
