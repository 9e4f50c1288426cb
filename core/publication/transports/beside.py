"""Work that blocks, done beside the event loop and ended with whoever waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

AGAIN_S = 0.2


async def beside(work: Callable[[], None], cut: Callable[[], None], patience_s: float) -> None:
    """Run `work` in a thread. When cancelled, `cut` must make it end; it is waited for so long."""
    task = asyncio.create_task(asyncio.to_thread(work))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        cut()
        task.add_done_callback(unheeded)
        await asyncio.wait([task], timeout=patience_s)
        raise


async def insisting(work: Coroutine[None, None, None]) -> None:
    """Do `work`. When cancelled, cancel it until it ends: `asyncio.wait_for` may overlook it once.

    That is so in Python 3.11; the mail client waits with it.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(unheeded)
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=AGAIN_S)
        raise


def unheeded(task: asyncio.Task[Any]) -> None:
    """What the task failed with matters no more."""
    if not task.cancelled():
        task.exception()
