"""The part of the seam that is about the maintenance report."""

from __future__ import annotations

from typing import Protocol

from core.values.report import Report


class ReportStation(Protocol):
    """What an account may ask of the report, as `api.Station` does."""

    async def report(self, *, uids: bool = False, comments: bool = False, exported: bool = False) -> Report:
        """The station as this account may see it, without secrets.

        `uids` and `comments` put identifiers and comments of badges in. `exported`: it leaves the station,
        which is logged.
        """
