"""A station that is killed while it publishes: each record arrives once, whatever was under way."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from core.cdrs import table as cdrs
from core.errors import TryLater
from core.schema import MIGRATIONS, SCHEMA
from core.storage import Storage
from tests.core.cdrs.csv_reader import parse
from tests.core.publication.publisher import PATIENCE, by_web
from tests.core.publication.records import record
from tests.core.test_process import local_station, station_process
from tests.effort import Effort
from tests.peers.cable import Cable
from tests.peers.web_server import Upload, WebServer


class Fatal(list[Upload]):
    """Uploads, one of which kills the sender: it has arrived, and no answer comes."""

    def __init__(self, before: Iterable[Upload], pid: int, at: int) -> None:
        super().__init__(before)
        self._pid = pid
        self._left = at

    def __iadd__(self, uploads: Iterable[Upload]) -> Self:  # type: ignore[override,misc] # as lists do
        self.extend(uploads)
        self._left -= 1
        if self._left == 0:
            os.kill(self._pid, signal.SIGKILL)
        return self


async def charge(folder: Path, count: int) -> None:
    """Put records into the memory of a station that does not run."""
    storage = await Storage.open(folder, schema=SCHEMA, migrations=MIGRATIONS)

    def act(link: sqlite3.Connection) -> None:
        for _ in range(count):
            cdrs.append(link, record(cdrs.last_number(link) + 1))

    await storage.write(act)
    await storage.close()


async def publish_until_killed(folder: Path, server: WebServer, moment: str, turns: int) -> None:
    """Publish, and kill the station: `before` anything of the file arrived, `after` all of it, `any time`."""
    async with station_process(folder) as process, Cable(server.port) as cable:
        entrance, station = await local_station(folder)
        await station.change_settings(by_web(cable.port, "disabled"))
        if moment == "before":
            cable.cut_at(b"POST", said_by="client", passed_on=False)
        elif moment == "after":
            server.uploads = Fatal(server.uploads, process.pid, 1)
        asked = asyncio.ensure_future(station.publish_now())
        async with asyncio.timeout(PATIENCE):
            while turns if moment == "any time" else not cable.cuts and not asked.done():
                await asyncio.sleep(0)
                turns -= 1
        if moment != "after":
            process.kill()
        with contextlib.suppress(TryLater):
            await asked
        await entrance.close()


async def test_each_record_arrives_once_however_often_the_station_dies(
    tmp_path: Path, effort: Effort
) -> None:
    chance, deaths = random.Random(1), effort(default=3, long=40)  # noqa: S311 - moments, not secrets
    async with WebServer() as server:
        for death in range(deaths):
            await charge(tmp_path, 3)
            moment = ("before", "after", "any time")[death % 3]
            await publish_until_killed(tmp_path, server, moment, chance.randint(0, 400))
        server.uploads = list(server.uploads)
        async with station_process(tmp_path):
            entrance, station = await local_station(tmp_path)
            await station.change_settings(by_web(server.port, "disabled"))
            assert (await station.publish_now()).waiting == 0
            assert (await station.publish_now()).records == 0
            await entrance.close()
    contents = {(upload.name, upload.content) for upload in server.uploads}
    arrived = [line.number for _, content in sorted(contents) for line in parse(content.decode())]
    assert sorted(arrived) == list(range(1, 3 * deaths + 1))
