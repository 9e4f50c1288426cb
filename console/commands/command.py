"""What a row of the table of commands says, and what its act is given."""

from __future__ import annotations

import argparse
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from console.commands.output import Output
from core.api import Station
from screens.cleaned import cleaned


class UsageError(Exception):
    """The command line cannot be understood; the message says what is expected."""


@dataclass(frozen=True, kw_only=True)
class Argument:
    """A word or an option of a command. An option's name begins with `--`.

    `kind` turns its text into a value and raises argparse.ArgumentTypeError. `each`: an option that is given
    once or more often, and makes a list.
    """

    name: str
    help: str
    kind: Callable[[str], Any] = str
    metavar: str | None = None
    choices: Sequence[str] | None = None
    default: object = None
    flag: bool = False
    many: bool = False
    any_number: bool = False
    each: bool = False

    def declare(self, parser: argparse.ArgumentParser) -> None:
        if self.flag:
            parser.add_argument(self.name, action="store_true")
            return
        more: dict[str, Any] = {"type": self.kind, "choices": self.choices, "default": self.default}
        if self.each:
            more |= {"action": "append", "required": True}
        elif self.many:
            more["nargs"] = "+"
        elif self.any_number:
            more["nargs"] = "*"
        parser.add_argument(self.name, metavar=self.metavar or self.name.lstrip("-").upper(), **more)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One use of a command: with what, on which station, and where the answer goes.

    `station` opens the station, or gives the one that is open; it raises TryLater. Its data are in `folder`.
    """

    command: Command
    options: argparse.Namespace
    station: Callable[[], Awaitable[Station]]
    out: Output
    folder: Path
    json: bool

    async def answer(
        self, values: Mapping[str, Any] | msgspec.Struct, *, changed: bool | None = None
    ) -> None:
        """Write one line of JSON; `changed` says of a command that writes whether it did."""
        await self.out.data(document(self.command.name, values, changed=changed))

    async def say(self, text: str) -> None:
        """Write one line for a person to standard output, made harmless for a terminal."""
        await self.out.data(f"{cleaned(text)}\n")


@dataclass(frozen=True, kw_only=True)
class Command:
    """A row of the table: its one or two words, what it does, what it takes, and its act.

    `usage` is what follows the words.
    """

    words: tuple[str, ...]
    summary: str
    act: Callable[[Call], Awaitable[None]]
    usage: str = ""
    arguments: tuple[Argument, ...] = ()

    @property
    def name(self) -> str:
        return self.words[0]

    @property
    def line(self) -> str:
        return " ".join((*self.words, self.usage)).strip()


def document(name: str, values: Mapping[str, Any] | msgspec.Struct, *, changed: bool | None = None) -> str:
    """One line of JSON with the schema of the command called `name`.

    Times are ISO 8601; characters beyond ASCII are escaped.
    """
    body = msgspec.to_builtins(values)
    head: dict[str, Any] = {"schema": f"evtty/{name}/1"}
    if changed is not None:
        head["changed"] = changed
    return json.dumps({**head, **body}) + "\n"
