"""The part of the seam that is about charge data records: pages, days, and the file."""

from __future__ import annotations

from typing import Protocol

from core.values.exports import ExportPart, ExportPlace, RecordExport
from core.values.records import ChargeRecord, RecordDay, RecordPage, RecordQuery


class RecordStation(Protocol):
    """What an account may do with charge data records, as `api.Station` does."""

    async def records(self, query: RecordQuery) -> RecordPage:
        """A page of the charge data records, at most 10,000. Raises NotFound for an unknown `after`."""

    async def record(self, number: int) -> ChargeRecord: ...

    async def record_days(self, query: RecordQuery) -> tuple[RecordDay, ...]:
        """What began to charge on each day of the station's zone that the query's times touch, 1..366 days.

        Without `since` the thirty days up to `until`, without that up to today. Raises Invalid.
        """

    async def export_records(self, request: RecordExport, after: ExportPlace | None = None) -> ExportPart:
        """A portion of the records file, in the separators of Publication and the station's zone.

        `after` is the `place` of the portion before it. Records that arrive meanwhile are not in the file
        and shift nothing. Raises Invalid.
        """
