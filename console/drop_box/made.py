"""The files that the station makes for whoever fetches them, each by a call that core decides on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

from console.record_parts import record_parts
from core.api import RecordExport, Station


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A file of `/export`; `make` gives its content in portions and raises StationError."""

    name: str
    make: Callable[[Station], AsyncIterator[bytes]]


async def _badges(station: Station) -> AsyncIterator[bytes]:
    yield await station.export_badges()


async def _configuration(station: Station) -> AsyncIterator[bytes]:
    yield await station.export_config()


async def _newest_records(station: Station) -> AsyncIterator[bytes]:
    async for part in record_parts(station, RecordExport()):
        yield part.text.encode()


async def _all_records(station: Station) -> AsyncIterator[bytes]:
    async for part in record_parts(station, RecordExport(last=None)):
        yield part.text.encode()


async def _report(station: Station) -> AsyncIterator[bytes]:
    from screens.report.document import document
    from screens.report.page import html_of

    yield html_of(document(await station.report(exported=True))).encode()


MADE: Final = (
    MadeFile(name="badges.csv", make=_badges),
    MadeFile(name="records.csv", make=_newest_records),
    MadeFile(name="records-all.csv", make=_all_records),
    MadeFile(name="report.html", make=_report),
    MadeFile(name="station.cfg", make=_configuration),
)
