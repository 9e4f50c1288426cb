"""The box in which somebody chooses the days of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from screens.filter_dialog import Field, FilterDialog, day_fields, days_of
from screens.log_filter import LogFilter
from screens.texts import _


class LogDaysDialog(FilterDialog[LogFilter]):
    """Leaves the rest of the filter as it is."""

    def __init__(self, current: LogFilter) -> None:
        super().__init__()
        self.current = current

    @property
    def heading(self) -> str:
        return _("Which days")

    def fields(self) -> Sequence[Field]:
        return day_fields(self.current.first, self.current.last)

    def typed(self, text: Mapping[str, str]) -> LogFilter:
        first, last = days_of(text)
        return replace(self.current, first=first, last=last)

    def cleared(self) -> LogFilter:
        return replace(self.current, first=None, last=None)
