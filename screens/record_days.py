"""Energy a day: a small chart where the terminal has room on its line for one, figures where not."""

from __future__ import annotations

from collections.abc import Sequence

from core.api import RecordDay
from screens.cleaned import fitted
from screens.texts import _, ngettext
from screens.times import duration_words

WIDTH = 34
"""Columns of the longest bar."""


def day_lines(days: Sequence[RecordDay], *, bars: bool, ascii_only: bool) -> tuple[str, ...]:
    """One line a day, the newest first, under what all of them come to."""
    most = max((each.energy_kwh for each in days), default=0.0)
    head = f"{fitted(_('Day'), 10)} {_('Energy'):>14} {_('Count'):>5}"
    lines = [total_line(days), "", head if bars else f"{head}  {_('Duration')}"]
    for each in reversed(days):
        line = f"{each.day:%Y-%m-%d} {each.energy_kwh:>10.3f} kWh {each.count:>5}"
        if bars:
            line = f"{line}  {bar(each.energy_kwh, most, ascii_only=ascii_only)}"
        elif each.count:
            line = f"{line}  {duration_words(each.duration_s)}"
        lines.append(line.rstrip())
    return tuple(lines)


def total_line(days: Sequence[RecordDay]) -> str:
    count = sum(each.count for each in days)
    energy = sum(round(each.energy_kwh * 1000) for each in days) / 1000
    says = ngettext(
        "{days} days, {count} record: {energy:.3f} kWh",
        "{days} days, {count} records: {energy:.3f} kWh",
        count,
    )
    return says.format(days=len(days), count=count, energy=energy)


def bar(energy: float, most: float, *, ascii_only: bool) -> str:
    """A bar as long as its share of the most; something always shows a little."""
    if energy <= 0:
        return ""
    length = max(1, round(WIDTH * energy / most))
    return ("#" if ascii_only else "█") * length
