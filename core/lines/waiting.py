"""Waits for something, but not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]


async def within(seconds: float, work: Coroutine[object, object, T], sleep: Sleep) -> T:
    """What `work` gives; it is cancelled when `sleep(seconds)` ends before it. Raises TimeoutError then."""
    task = asyncio.ensure_future(work)
    timer = asyncio.ensure_future(sleep(seconds))
    try:
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        task.cancel()
        timer.cancel()
        await asyncio.gather(task, timer, return_exceptions=True)
