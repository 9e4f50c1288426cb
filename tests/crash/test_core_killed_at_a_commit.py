"""Core dies between any two steps of a transaction: what it acknowledged is there, and also after damage."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.api import RecordQuery, Station
from core.replay.driver import replay
from tests.crash.damage import damage
from tests.crash.dying_core import STEPS
from tests.crash.ledger import Ledger
from tests.crash.reaching import station
from tests.crash.sessions_file import USERS, by_point, repeatable, sessions_text
from tests.effort import IS_LONG

ROUNDS = range(8) if IS_LONG else range(1)
LAST_TRANSACTION = 40


def deaths(seed: int) -> Iterator[tuple[str, ...]]:
    """The words that start core, one after the other: it dies at each step once, then lives."""
    chance = repeatable(seed)
    for step in chance.sample(STEPS, len(STEPS)):
        yield "tests.crash.dying_core", step, str(chance.randint(1, LAST_TRANSACTION))
    yield from itertools.repeat(("core",))


@asynccontextmanager
async def kept_running(folder: Path, starts: Iterator[tuple[str, ...]]) -> AsyncIterator[list[int]]:
    """Start core by the next of `starts` whenever it has died; gives the exit codes of its deaths.

    In the end it is killed: an orderly stop takes a copy of everything, and the journal would not be needed.
    """
    codes: list[int] = []
    process: asyncio.subprocess.Process | None = None

    async def keep() -> None:
        nonlocal process
        for module, *words in starts:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *words, "--data", str(folder)),
                stderr=asyncio.subprocess.DEVNULL,
            )
            codes.append(await process.wait())

    keeping = asyncio.create_task(keep())
    try:
        yield codes
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("seed", ROUNDS)
async def test_a_death_at_any_step_of_a_transaction_loses_nothing(seed: int, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)

    async def again() -> Station:
        return ledger.watched(await station(tmp_path))

    async with kept_running(tmp_path, deaths(seed)) as codes:
        saving = asyncio.create_task(ledger.keep_saving())
        planned = by_point(sessions_text(40, repeatable(seed)), USERS)
        report = await replay(await again(), planned, reconnect=again, acknowledged=ledger.acknowledged)
        saving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await saving
        found = await ledger.check_everything(report)
        assert codes == [-9] * len(STEPS)
    damage(tmp_path)
    async with kept_running(tmp_path, itertools.repeat(("core",))):
        assert await ledger.check_everything(report) == found
        at = await station(tmp_path)
        assert [error.name for error in (await at.status()).errors] == ["Database restored"]
        assert (await at.records(RecordQuery())).total == len(found)
