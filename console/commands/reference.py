"""The page on commands in the docs, written from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.commands.command import Command
from console.commands.table import LOCAL, REMOTE

HEAD = """\
# Commands

Each works over SSH (`ssh -p PORT admin@station COMMAND`) and, as `evtty COMMAND`, on the machine itself,
there with the administrator's rights. This page is written by `scripts/docs` from the table of commands; do
not edit it by hand.

Data goes to standard output, messages to standard error. With `--json` each gives one line of JSON with
English keys and `"schema": "evtty/NAME/1"`, those that write also with `"changed"`; an error is
`{"ok": false, "error": {"code": …, "message": …, "key": …}}`. Times are those of the station.

| exit code | |
|---|---|
| 0 | done |
| 2 | the command line cannot be understood |
| 3 | a value or a file is not acceptable; nothing was changed |
| 4 | not allowed |
| 5 | somebody else is at it |
| 6 | there is no such thing |
| 75 | try again later: the station restarts, or is not there |

An account that still has its factory password can only use `password`.
"""
ONLY_LOCAL = "Only on the machine itself."
ONLY_REMOTE = "Only over SSH."


def reference() -> str:
    """The whole page, in Markdown."""
    rows = list(REMOTE) + [row for row in LOCAL if row.line not in {each.line for each in REMOTE}]
    return "\n".join([HEAD, *(line for row in rows for line in _section(row))])


def _section(row: Command) -> Iterator[str]:
    yield f"## `{row.line}`\n"
    yield f"{row.summary}.\n"
    if row.line not in _lines(LOCAL):
        yield f"{ONLY_REMOTE}\n"
    if row.line not in _lines(REMOTE):
        yield f"{ONLY_LOCAL}\n"
    if row.arguments:
        yield "| | |\n|---|---|"
        for argument in row.arguments:
            yield f"| `{argument.name}` | {argument.help} |"
        yield ""


def _lines(table: Sequence[Command]) -> set[str]:
    return {row.line for row in table}
