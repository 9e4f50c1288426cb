"""What the core process of a running station tells of its control ticks."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from queue import Queue

from tests.crash.processes import child
from tests.dialogues.running import RunningStation

Figures = dict[str, float]


class Ticks:
    """Figures that core writes on the standard error of its station when it is asked."""

    def __init__(self, station: RunningStation) -> None:
        self.core = child(station.process.pid, "core")
        self._stream = station.process.stderr
        self._told: Queue[Figures] = Queue()
        threading.Thread(target=self._listen, name="standard error", daemon=True).start()

    def _listen(self) -> None:
        for line in self._stream or ():
            _, found, figures = line.decode(errors="replace").partition('"message": "ticks ')
            if found:
                self._told.put(json.loads(json.loads(f'"{figures.rsplit(chr(34), 1)[0]}"')))

    async def taken(self) -> Figures:
        """The figures since this was last asked."""
        os.kill(self.core, signal.SIGUSR1)
        return await asyncio.to_thread(self._told.get, timeout=10)
