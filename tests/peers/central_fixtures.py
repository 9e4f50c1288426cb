"""The central system that the tests of supervision meet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.peers.central import CentralProcess, CentralSystem, central_system


@pytest.fixture(scope="session")
def central_process() -> Iterator[CentralProcess]:
    process = CentralProcess()
    yield process
    process.close()


@pytest.fixture
async def central(central_process: CentralProcess) -> AsyncIterator[CentralSystem]:
    async with central_system(central_process) as system:
        yield system
