"""The calls on charge data records: pages, days, and the file."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from core.api import (
    ChargeRecord,
    ExportPart,
    ExportPlace,
    RecordDay,
    RecordExport,
    RecordPage,
    RecordQuery,
)
from core.caller import Caller
from core.cdrs import days, exporting, finding, table
from core.cdrs.csv_file import CsvForm
from core.errors import Invalid, NotFound
from core.values.exports import DecimalSeparator, FieldSeparator

MOST_RECORDS = 10_000
LARGEST_NUMBER = 2**63 - 1


class RecordCalls(Caller):
    """The part of `api.Station` that is about charge data records."""

    async def records(self, query: RecordQuery) -> RecordPage:
        self._may("records")
        _require_sense(query)
        if not 0 <= query.last <= MOST_RECORDS:
            raise Invalid("Ask for 0 to {most} records at once.", most=MOST_RECORDS)
        return await self._parts.storage.read(lambda link: finding.page(link, query))

    async def record(self, number: int) -> ChargeRecord:
        self._may("records")
        is_number = 0 <= number <= LARGEST_NUMBER
        found = await self._parts.storage.read(lambda link: table.one(link, number)) if is_number else None
        if found is None:
            raise NotFound("There is no charge data record {number}.", number=number)
        return found

    async def record_days(self, query: RecordQuery) -> tuple[RecordDay, ...]:
        self._may("records")
        _require_sense(query)
        zone = self._zone
        about = days.days_of(query, zone, self._parts.clock.now())
        return await self._parts.storage.read(lambda link: days.energy_by_day(link, query, about, zone))

    async def export_records(self, request: RecordExport, after: ExportPlace | None = None) -> ExportPart:
        self._may("records")
        _require_sense(request)
        if after is not None:
            return await self._parts.storage.read(lambda link: exporting.next_part(link, request, after))
        settings = self._parts.settings
        form = CsvForm(
            zone=self._zone,
            field_separator=msgspec.convert(settings.text("publication.field_separator"), FieldSeparator),
            decimal_separator=msgspec.convert(
                settings.text("publication.decimal_separator"), DecimalSeparator
            ),
        )
        part = await self._parts.storage.read(lambda link: exporting.first_part(link, request, form))
        self._note("records_exported", f"{part.count} records")
        return part

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._parts.settings.text("time.zone"))


def _require_sense(query: RecordQuery | RecordExport) -> None:
    if any(moment is not None and moment.tzinfo is None for moment in (query.since, query.until)):
        raise Invalid("A time needs its distance to UTC, as in 2026-11-22T14:05+01:00.")
    numbers = (query.point, query.after if isinstance(query, RecordQuery) else None)
    if any(number is not None and not 0 <= number <= LARGEST_NUMBER for number in numbers):
        raise Invalid("Charge points and records have numbers from 0 to {most}.", most=LARGEST_NUMBER)
