"""Reads what the database has for a report; what it cannot give is named, and the rest still told."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable
from typing import TypeVar

from core.values.report import ReportPart

T = TypeVar("T")
U = TypeVar("U")


class Reading:
    """One reading of the database; `missing` are the parts that it could not give."""

    def __init__(self) -> None:
        self.missing: list[ReportPart] = []

    async def of(self, part: ReportPart, asked: Awaitable[T], otherwise: U) -> T | U:
        """What was asked, or `otherwise` where the database is damaged."""
        try:
            return await asked
        except sqlite3.Error:
            self.missing.append(part)
            return otherwise
