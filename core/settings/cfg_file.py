"""Reads the `.cfg` file into its lines, whatever bytes it has; what the settings take is judged elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from core.errors import Invalid, Problem
from core.settings.cfg_text import BLANKS, understood
from core.settings.cleaning import harmless
from core.values.config import LARGEST_CONFIG

FORMAT = "1"
"""The form of the file. One with another number is refused as a whole: this station does not know it."""

HEAD = ("format", "version", "family")
MOST_LINES = 2_000
_KEY = re.compile(r"[a-z0-9_]{1,40}(?:\.[a-z0-9_]{1,40}){0,3}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """`key = value` on a line, counted from 1."""

    key: str
    text: str
    line: int


class CfgFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says: its head by name, its settings in their order, and every line that says nothing.

    `is_foreign`: it is for others, or no configuration at all; its settings mean nothing here.
    """

    head: Mapping[str, Entry] = {}
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_foreign: bool = False

    def said(self, name: str) -> str:
        """What the head says under this name, "" where it does not."""
        return self.head[name].text if name in self.head else ""


def on_line(line: int, fault: Invalid | Problem) -> Problem:
    """The same fault with the line that it is on, and the setting where there is one."""
    place = "Line {line}" if fault.key is None else "Line {line}, {name}"
    return Problem(
        template=f"{place}: {fault.template}",
        values={**fault.values, "line": str(line), "name": fault.key or fault.values.get("name", "")},
        key=fault.key,
    )


def read(file: bytes, family: str) -> CfgFile:
    """What a file says to a station of this family. UTF-8 with or without its mark, any line ends.

    No fault quotes more of a line than its key or the value of the head: a line may hold a secret.
    """
    try:
        lines = _lines(file)
    except Invalid as fault:
        return CfgFile(problems=(Problem(template=fault.template, values=fault.values),), is_foreign=True)
    found: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, text in lines:
        try:
            _enter(found, _entry(number, text))
        except Invalid as fault:
            problems.append(on_line(number, fault))
    head = {name: found[name] for name in HEAD if name in found}
    foreign = tuple(_head_problems(head, family))
    return CfgFile(
        head=head,
        entries=tuple(entry for key, entry in found.items() if key not in HEAD),
        problems=(*foreign, *problems),
        is_foreign=bool(foreign),
    )


def _lines(file: bytes) -> Iterator[tuple[int, str]]:
    """The lines that are neither blank nor comments. Raises Invalid for what is no such file at all."""
    if len(file) > LARGEST_CONFIG:
        raise Invalid(
            "The file is too large: a configuration has at most {most} bytes", most=f"{LARGEST_CONFIG:,}"
        )
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        place = file.count(b"\n", 0, fault.start) + 1
        raise Invalid("Line {line}: this is no UTF-8 text. Save the file as UTF-8", line=place) from None
    # Only these end a line: splitlines() knows more, which a value may hold.
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(texts) > MOST_LINES:
        raise Invalid("The file has more than {most} lines", most=f"{MOST_LINES:,}")
    stripped = ((number, each.strip(BLANKS)) for number, each in enumerate(texts, 1))
    return ((number, each) for number, each in stripped if each and not each.startswith("#"))


def _enter(found: dict[str, Entry], entry: Entry) -> None:
    first = found.setdefault(entry.key, entry)
    if first is not entry:
        raise Invalid("{name} is on line {first} already", name=entry.key, first=first.line)


def _entry(number: int, text: str) -> Entry:
    key, sign, value = text.partition("=")
    key = key.strip(BLANKS)
    if not sign:
        raise Invalid("key = value is expected here, or # before a comment")
    if not _KEY.fullmatch(key):
        raise Invalid("what stands before = is no name of a setting")
    try:
        return Entry(key=key, text=understood(value), line=number)
    except Invalid as fault:
        fault.key = key
        raise


def _head_problems(head: Mapping[str, Entry], family: str) -> Iterator[Problem]:
    missing = [name for name in ("format", "family") if name not in head]
    if missing:
        yield Problem(
            template="This is no configuration of a station: {missing} is missing on top",
            values={"missing": ", ".join(missing)},
        )
        return
    if head["format"].text != FORMAT:
        fault = Invalid(
            "the file has the format {got}, but this version only knows {known}",
            got=harmless(head["format"].text) or "nothing",
            known=FORMAT,
        )
        yield on_line(head["format"].line, fault)
    if head["family"].text != family:
        fault = Invalid(
            "the file is for stations of the family {got}, but this one is of the family {family}",
            got=harmless(head["family"].text) or "nothing",
            family=family,
        )
        yield on_line(head["family"].line, fault)
