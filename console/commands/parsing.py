"""From the words of a command line to the command meant, and what it was given."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from console.commands.command import Command, UsageError
from console.texts import _

LONGEST_LINE = 65_536


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A command line that was understood. `help` asks for help on the command instead."""

    command: Command
    options: argparse.Namespace
    help: bool = False


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def split_line(line: str) -> list[str]:
    """Split as a shell does, without expanding anything. Raises UsageError."""
    if len(line) > LONGEST_LINE:
        raise UsageError(_("The command is too long: {limit} characters at most.").format(limit=LONGEST_LINE))
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UsageError(
            _("The command cannot be read: {reason}.").format(reason=str(error).lower())
        ) from None


def wants_json(words: Iterable[str]) -> bool:
    """True when the answer, or the refusal, is to be JSON."""
    return "--json" in words


def find(words: Sequence[str], table: Sequence[Command]) -> Command:
    """The command that `words` begin with. Raises UsageError."""
    if not words or words[0] == "--json":
        raise UsageError(_("Say which command. `help` lists them."))
    named = [row for row in table if row.words[0] == words[0]]
    if not named:
        raise UsageError(_("There is no command {name!r}. `help` lists them.").format(name=words[0][:40]))
    for row in named:
        if tuple(words[: len(row.words)]) == row.words:
            return row
    actions = ", ".join(row.words[1] for row in named)
    raise UsageError(_("{name!r} needs one of: {actions}.").format(name=words[0], actions=actions))


def parse(words: Sequence[str], table: Sequence[Command]) -> Parsed:
    """The command meant by `words` and its options. Raises UsageError."""
    words = [*(word for word in words if word != "--json"), *(word for word in words if word == "--json")]
    command = find(words, table)
    rest = words[len(command.words) :]
    if "--help" in rest or "-h" in rest:
        return Parsed(command=command, options=argparse.Namespace(json="--json" in rest), help=True)
    parser = _Parser(prog=" ".join(command.words), add_help=False, allow_abbrev=False)
    parser.add_argument("--json", action="store_true")
    for argument in command.arguments:
        argument.declare(parser)
    try:
        options = parser.parse_intermixed_args(rest)
    except UsageError as error:
        raise UsageError(f"{error}\n{_('usage: {line}').format(line=command.line)}") from None
    return Parsed(command=command, options=options)
