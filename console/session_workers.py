"""The background work of one session's app, which may end before a piece of it has begun."""

from __future__ import annotations

import inspect
from typing import Any

from textual.worker import Worker
from textual.worker_manager import WorkerManager


class SessionWorkers(WorkerManager):
    """Closes work that was cancelled before it began: Python complains about coroutines that never run."""

    def add_worker(self, worker: Worker[Any], start: bool = True, exclusive: bool = True) -> None:
        super().add_worker(worker, start, exclusive)
        work = worker._work  # noqa: SLF001 -- Textual is pinned, and names it nowhere else.
        task = worker._task  # noqa: SLF001
        if task is not None and inspect.iscoroutine(work):
            task.add_done_callback(lambda _: work.close())
