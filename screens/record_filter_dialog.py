"""The box in which somebody chooses the records to see by day, charge point and badge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from screens.filter_dialog import Field, FilterDialog, day_fields, days_of
from screens.record_filter import NotADay, RecordFilter
from screens.texts import _

NO_BADGE = "-"
"""Typed for records without a badge, as the list shows them."""


class RecordFilterDialog(FilterDialog[RecordFilter]):
    """Leaves what is looked for as it is."""

    def __init__(self, current: RecordFilter, points: int) -> None:
        super().__init__()
        self.current = current
        self.points = points

    @property
    def heading(self) -> str:
        return _("Which records")

    def fields(self) -> Sequence[Field]:
        now = self.current
        fields = day_fields(now.first, now.last)
        if self.points > 1:
            fields.append(
                Field("point", _("Charge point"), str(now.point or ""), 1, _("1 or 2; empty: both"))
            )
        badge = NO_BADGE if now.badge == "" else now.badge or ""
        return [*fields, Field("badge", _("Badge"), badge, 40, _("whole UID; -: none"))]

    def typed(self, text: Mapping[str, str]) -> RecordFilter:
        first, last = days_of(text)
        point, badge = text.get("point", ""), text["badge"]
        if point not in {"", *map(str, range(1, self.points + 1))}:
            raise NotADay(_("The charge point is 1 or 2."))
        return replace(
            self.current,
            first=first,
            last=last,
            point=int(point) if point else None,
            badge="" if badge == NO_BADGE else badge or None,
        )

    def cleared(self) -> RecordFilter:
        return RecordFilter(find=self.current.find)
