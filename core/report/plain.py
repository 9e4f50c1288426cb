"""The report as plain text for a machine that has no screen: every value on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from core.values.log import LogEntry
from core.values.report import Report

INDENT = "  "


def text_of(report: Report) -> str:
    """The whole report; names are those of the report's JSON."""
    return "".join(f"{line}\n" for line in ("Maintenance report", "", *_lines(msgspec.to_builtins(report))))


def entries_of(log: Sequence[LogEntry]) -> str:
    """Log entries as JSON, one a line."""
    return "".join(f"{msgspec.json.encode(entry).decode()}\n" for entry in log)


def _lines(value: object, depth: int = 0) -> Iterator[str]:
    match value:
        case Mapping():
            for name, inner in value.items():
                yield from _named(str(name), inner, depth)
        case [*items]:
            for number, inner in enumerate(items, 1):
                yield from _named(str(number), inner, depth)


def _named(name: str, value: object, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping | list | tuple) and value:
        yield f"{INDENT * depth}{name}:"
        yield from _lines(value, depth + 1)
    else:
        yield f"{INDENT * depth}{name}: {_words(value)}"


def _words(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case None | "" | [] | {}:
            return "-"
        case _:
            return "".join(each if each.isprintable() else " " for each in str(value))
