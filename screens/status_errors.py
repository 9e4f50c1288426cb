"""The errors on Live status: each with what to do about it and the way to its cause."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from textual.content import Content

from core.api import ErrorStatus, StationStatus
from screens.cleaned import cleaned, fitted
from screens.console import Console
from screens.status_table import title_line
from screens.texts import _, ngettext
from screens.times import since_words

INDENT = " " * 8
Line = tuple[Content, ErrorStatus | None]
"""A line, and the error whose cause Enter opens from there."""


def error_lines(
    status: StationStatus, names: Mapping[int, str], console: Console, width: int, *, all_checks: bool
) -> list[Line]:
    """Active errors first with their advice; the other checks counted, or each on a line.

    `names` are all checks of this station by number.
    """
    column = 21 if width < 100 else 26
    label = width - 2 - column * len(status.charge_points)
    active = sorted({error.number for error in status.errors})
    quiet = [number for number in names if number not in active]
    points = status.charge_points
    ok = "".join(fitted(_("OK"), column) for _point in points)
    if not active and not all_checks:
        return [
            (
                Content.styled(
                    _("No error on this station. All {count} checks are OK.").format(count=len(names)), "bold"
                ),
                None,
            )
        ]
    lines: list[Line] = [(title_line(_("ERRORS"), points, label, column), None)]
    for number in active:
        lines += _active_lines(number, status, console, width, label, column)
    if all_checks:
        for number in quiet:
            lines += [(Content(line), None) for line in _named(number, names[number], ok, label)]
    elif quiet:
        words = ngettext("{count} other check", "{count} other checks", len(quiet)).format(count=len(quiet))
        lines.append((Content(f"{fitted(words, label)} {ok}".rstrip()), None))
    return lines


def _active_lines(
    number: int, status: StationStatus, console: Console, width: int, label: int, column: int
) -> list[Line]:
    errors = [error for error in status.errors if error.number == number]
    now = status.station.time
    cells = ""
    for point in status.charge_points:
        found = next((e for e in errors if e.point in {None, point.point}), None)
        words = (
            _("KO since {time}").format(time=since_words(found.since, now, console.visit.zone))
            if found
            else _("OK")
        )
        cells += fitted(words, column)
    first = errors[0]
    several = len(status.charge_points) > 1
    lines: list[Line] = [
        (Content.styled(line, "bold $error"), first) for line in _named(number, first.name, cells, label)
    ]
    advice = _(first.advice)
    place = console.place_words(first.tab, first.sub_tab)
    if place:
        advice = _("{advice} Enter opens {place}.").format(advice=advice, place=place)
    room = max(20, width - 1 - len(INDENT))
    for told in (*_causes(errors, several=several), advice):
        lines += [(Content(INDENT + part), first) for part in textwrap.wrap(told, room)]
    return lines


def _named(number: int, name: str, cells: str, label: int) -> list[str]:
    """A check with what it says of each charge point; a name that is wider than its column goes on below."""
    head, *rest = textwrap.wrap(f"Err #{number} {_(name)}", max(20, label), subsequent_indent=INDENT)
    return [f"{fitted(head, label)} {cells}".rstrip(), *rest]


def _causes(errors: list[ErrorStatus], *, several: bool) -> list[str]:
    """What was found, each cause once; of which charge point, where there are several."""
    found: dict[str, list[str]] = {}
    for error in errors:
        if error.cause:
            where = _("Plug {point}").format(point=error.point) if several and error.point else _("Found")
            found.setdefault(cleaned(error.cause), []).append(where)
    return [f"{', '.join(places)}: {cause}." for cause, places in found.items()]
