"""Entries of the log as lines of a table, and one entry in full."""

from __future__ import annotations

import textwrap
from zoneinfo import ZoneInfo

from core.api import LogCheck, LogEntry
from screens.cleaned import cleaned, fitted
from screens.log_filter import KINDS
from screens.texts import _

LABEL = 14
WIDTH = 54
ACCOUNT = 8


def table_head() -> str:
    return f"{_('No'):>6}  {fitted(_('Time'), 19)}  {fitted(_('Who'), ACCOUNT)} {_('What')}"


def moment(entry: LogEntry, zone: ZoneInfo) -> str:
    """`2026-11-22 14:05:11`."""
    return f"{entry.time.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def change_words(entry: LogEntry) -> str:
    """`32 -> 16`; "" for an entry that is about no value."""
    if entry.old is None and entry.new is None:
        return ""
    return f"{entry.old or '-'} -> {entry.new or '-'}"


def table_line(entry: LogEntry, zone: ZoneInfo, width: int, *, ascii_only: bool) -> str:
    """An entry on one line of `width` cells."""
    # What a setting is now matters more on a short line than that it was changed.
    action = "" if entry.action == "setting_changed" else entry.action.replace("_", " ")
    what = (action, entry.subject, change_words(entry), entry.text)
    said = cleaned(" ".join(part for part in what if part), ascii_only=ascii_only)
    line = f"{entry.number:>6}  {moment(entry, zone)}  {fitted(cleaned(entry.account), ACCOUNT)} "
    return line + fitted(said, width - len(line))


def details(entry: LogEntry, zone: ZoneInfo, *, ascii_only: bool) -> list[str]:
    """Every field of an entry, long ones on several lines."""
    local = entry.time.astimezone(zone)
    fields = (
        (_("Time"), f"{moment(entry, zone)} ({local:%z})"),
        (_("Kind"), _(KINDS[entry.kind])),
        (_("Account"), entry.account),
        (_("From"), entry.origin),
        (_("What"), entry.action.replace("_", " ")),
        (_("About"), entry.subject),
        (_("Old value"), entry.old),
        (_("New value"), entry.new),
        (_("Text"), entry.text),
    )
    lines = []
    for name, value in fields:
        if value is None:
            continue
        parts = textwrap.wrap(cleaned(value, ascii_only=ascii_only), WIDTH) or ["-"]
        lines += [
            f"{fitted(label, LABEL)} {part}"
            for label, part in zip([name, *[""] * len(parts)], parts, strict=False)
        ]
    return lines


def check_lines(check: LogCheck) -> list[str]:
    """What came of going through the chain."""
    if check.broken is not None:
        return [
            _("Entry {number} is missing or was altered.").format(number=check.broken),
            _("Those before it are as they were written, from {first} on.").format(first=check.first),
        ]
    return [
        _("All {count} entries are as they were written, {first} to {last}.").format(
            count=check.entries, first=check.first, last=check.last
        ),
        "",
        _("Keep this elsewhere, for a check against a log that is all new:"),
        f"{check.last}:{check.hash[:32]}",
        f"{' ' * len(str(check.last))} {check.hash[32:]}",
    ]
