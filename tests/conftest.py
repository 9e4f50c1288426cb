"""What all tests share."""

import gc

import pytest

pytest_plugins = ("tests.effort", "tests.left_out", "tests.peers.central_fixtures")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their parameter: a test has one name in all workers, also where its bytes are random."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish() -> None:
    """Leave modules and collected tests out of garbage collections: they stay, and are most of the heap."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
