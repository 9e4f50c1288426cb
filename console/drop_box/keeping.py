"""The last step of a file on its way in: on the disk, in the log, and then to be seen."""

from __future__ import annotations

import asyncio

from console.drop_box.upload import Upload
from core.api import FileDeed, Station


async def keep(upload: Upload, station: Station, deed: FileDeed) -> None:
    """To its end even when nobody waits any more: its descriptor is in use until then.

    What cannot be kept is dropped. Raises StationError, OSError.
    """
    await asyncio.shield(asyncio.ensure_future(_keep(upload, station, deed)))


async def _keep(upload: Upload, station: Station, deed: FileDeed) -> None:
    try:
        await asyncio.to_thread(upload.settle)
        await station.note_file(deed, upload.name, upload.size)
        upload.keep()
    finally:
        upload.drop()
