"""How much a test does: a bounded part by default, all of it with scripts/long."""

import os
from typing import Protocol, TypeVar

import hypothesis
import pytest

IS_LONG = os.environ.get("EVTTY_LONG", "") not in ("", "0")

hypothesis.settings.register_profile(
    "quick",
    max_examples=60,
    deadline=None,
    derandomize="CI" in os.environ,
    # Loaded machines are slow at drawing examples too.
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "long", hypothesis.settings.get_profile("quick"), max_examples=3000, derandomize=False
)
hypothesis.settings.load_profile("long" if IS_LONG else "quick")

T = TypeVar("T")


class Effort(Protocol):
    """Chooses the bounded amount, or the full one with scripts/long."""

    def __call__(self, default: T, long: T) -> T: ...


@pytest.fixture(scope="session")
def effort() -> Effort:
    """Give a function that chooses: `effort(default=5, long=50)`."""

    def choose(default: T, long: T) -> T:
        return long if IS_LONG else default

    return choose
