"""The row of a time zone: typed, or found in the list of all of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textual import work
from textual.content import Content

from core.settings.forms import zone_names
from core.timekeeping.written import offset_words
from screens.pick_list import Pick, PickList
from screens.texts import _
from screens.typed_row import TypedRow


class ZoneRow(TypedRow, can_focus=False):
    """Enter opens the list; a part of a name finds the zone, such as `paris` or `new york`."""

    def value_content(self) -> Content:
        return Content(f"[{' ' * self.field_width}] {_('Enter Find')}")

    def entered(self) -> None:
        self.choose()

    @work(group="asking", exclusive=True)
    async def choose(self) -> None:
        now = self.console.visit.status.station.time
        chosen = await self.app.push_screen_wait(
            PickList(_(self.view.label), zone_picks(now), current=self.typed)
        )
        if chosen:
            self.put(chosen)


def zone_picks(now: datetime) -> list[Pick]:
    """Every zone with how far it is from UTC now and what its clocks show."""
    return [_pick(name, now) for name in zone_names()]


def _pick(name: str, now: datetime) -> Pick:
    zone = ZoneInfo(name)
    local = now.astimezone(zone)
    summer = " " + _("summer time") if local.dst() not in (None, timedelta()) else ""
    return Pick(
        value=name,
        words=name.ljust(32),
        place=f"UTC{offset_words(now, zone)}  {local:%H:%M}{summer}",
        more=name.replace("_", " ").replace("/", " "),
    )
