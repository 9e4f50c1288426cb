"""The charge data records as a file, in portions."""

from __future__ import annotations

from collections.abc import AsyncIterator

from core.api import ExportPart, RecordExport, Station


async def record_parts(station: Station, request: RecordExport) -> AsyncIterator[ExportPart]:
    """Each portion is asked for when the one before it has been taken."""
    part = await station.export_records(request)
    yield part
    while part.place is not None:
        part = await station.export_records(request, part.place)
        yield part
