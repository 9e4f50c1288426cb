"""What all tests share."""

import pytest

pytest_plugins = ("tests.effort", "tests.left_out", "tests.peers.central_fixtures")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their parameter: a test has one name in all workers, also where its bytes are random."""
    return argname if isinstance(val, bytes) else None
