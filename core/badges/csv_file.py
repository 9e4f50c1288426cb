"""The file of badges: four columns that a spreadsheet opens and does not run, and a seal that shows edits.

The seal is a checksum over what the lines say. It fits at every station, and shows that a list was edited or
cut off; whoever knows how it is made can make it anew, so it does not prove who wrote the list.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from core.badges.comment import badge_comment
from core.badges.uid import badge_uid
from core.errors import Invalid, Problem
from core.spreadsheet import defused, restored
from core.values.badges import Badge, BadgeType, SealState

TITLES = ("Badge number", "Identifier", "Type", "Comment")
SEAL, METHOD = "Seal", "SHA-256"
TYPES: Mapping[BadgeType, str] = {"user": "User", "vip": "VIP", "admin": "Admin"}
MOST_BADGES = 20_000
MOST_BYTES = 4 * 1024 * 1024
HIGHEST_NUMBER = 999_999_999

_SEPARATORS = (",", ";", "\t")
_TYPES: Mapping[str, BadgeType] = {
    spelt: type_ for type_, shown in TYPES.items() for spelt in (shown, shown.casefold())
}
_AWKWARD = re.compile("^['=+\\-@]|[\",]")
_TITLES = tuple(title.casefold() for title in TITLES)

Entry = tuple[int, str, BadgeType, str]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A badge of a file; `number` None where the file leaves it to the station."""

    number: int | None
    uid: str
    type: BadgeType
    comment: str


class BadgeFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says; `problems` has one entry for each faulty line."""

    lines: tuple[Line, ...]
    seal: SealState
    problems: tuple[Problem, ...] = ()


def file_of(badges: Iterable[Badge]) -> bytes:
    """The sealed file: UTF-8 with its mark for spreadsheets, CRLF."""
    return file_of_entries([(badge.number, badge.uid, badge.type, badge.comment) for badge in badges])


def file_of_entries(entries: Sequence[Entry]) -> bytes:
    """The sealed file of number, identifier, type and comment of each badge."""
    plain = [f"{number},{uid},{TYPES[kind]},{said}" for number, uid, kind, said in entries]
    rows = [
        f"{number},{uid},{TYPES[kind]},{_cell(said)}" if _AWKWARD.search(said) else plain[place]
        for place, (number, uid, kind, said) in enumerate(entries)
    ]
    seal = f"{SEAL},{_digest(plain)},{METHOD},{len(entries)}"
    return "\r\n".join((",".join(TITLES), *rows, seal, "")).encode("utf-8-sig")


def seal_of(lines: Sequence[Line]) -> str:
    """The checksum over what the lines say, in their order, however they are written."""
    return _digest([f"{line.number or 0},{line.uid},{TYPES[line.type]},{line.comment}" for line in lines])


def _cell(comment: str) -> str:
    cell = defused(comment).replace('"', '""')
    return f'"{cell}"'


def _digest(texts: Sequence[str]) -> str:
    # Only a comment may hold a comma, and it comes last; none holds a line end.
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def read(file: bytes) -> BadgeFile:
    """What a file says, whatever bytes it has; lines are counted from 1."""
    try:
        rows = _rows(file)
    except Invalid as error:
        return BadgeFile(
            lines=(), seal="missing", problems=(Problem(template=error.template, values=error.values),)
        )
    seal, is_last = None, True
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[str | int, int] = {}
    for place, cells in rows:
        if not any(cells):
            continue
        if not cells[0].isdigit() and cells[0].strip().casefold() == SEAL.casefold():
            seal, is_last = cells[1].strip().casefold() if len(cells) > 1 else "", True
            continue
        is_last = False
        try:
            line = _line(cells)
            _require_once(seen, line, place)
        except Invalid as error:
            values = {**error.values, "line": str(place)}
            problems.append(Problem(template=f"Line {{line}}: {error.template}", values=values))
        else:
            lines.append(line)
    return BadgeFile(
        lines=tuple(lines),
        seal=_state(seal, lines, intact=is_last and not problems),
        problems=tuple(problems),
    )


def _state(seal: str | None, lines: Sequence[Line], *, intact: bool) -> SealState:
    if seal is None:
        return "missing"
    return "intact" if intact and seal == seal_of(lines) else "broken"


def _rows(file: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines below the titles, with their place. Raises Invalid for what is no list of badges."""
    if len(file) > MOST_BYTES:
        raise Invalid("The file is too large: a list of badges has at most {most} bytes", most=MOST_BYTES)
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        place = file.count(b"\n", 0, fault.start) + 1
        raise Invalid("Line {line}: this is no UTF-8 text. Save the list as CSV UTF-8", line=place) from None
    # A file may hold blank lines; the limit only keeps the number of problems in bounds.
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(texts) > 2 * MOST_BADGES:
        raise Invalid("The file has more than {most} lines", most=2 * MOST_BADGES)
    separator = next((each for each in _SEPARATORS if _titles(texts[0], each)), None)
    if separator is None:
        raise Invalid("Line {line}: the titles {titles} are expected here", line=1, titles=", ".join(TITLES))
    return _split(texts, separator)


def _titles(text: str, separator: str) -> bool:
    cells = [cell.strip().casefold() for cell in _cells(text, separator)]
    return tuple(cells[:4]) == _TITLES and not any(cells[4:])


def _split(texts: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    try:
        rows = list(csv.reader(texts, delimiter=separator))
    except csv.Error:
        rows = []
    if len(rows) != len(texts):
        # A quotation mark that is never closed took more lines in: it must spoil only its own.
        rows = [_cells(text, separator) for text in texts]
    return ((place, cells) for place, cells in enumerate(rows, 1) if place > 1)


def _cells(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader((text,), delimiter=separator), [])
    except csv.Error:
        return [text]


def _line(cells: Sequence[str]) -> Line:
    if len(cells) != len(TITLES) and (len(cells) < len(TITLES) or any(cells[len(TITLES) :])):
        raise Invalid("{count} cells, but a badge has {most}", count=len(cells), most=len(TITLES))
    number, uid, kind, comment = cells[:4]
    type_ = _TYPES.get(kind) or _TYPES.get(kind.strip().casefold())
    if type_ is None:
        raise Invalid("The type of a badge is User, VIP or Admin, not {got}", got=_quoted(kind))
    return Line(
        number=_number(number),
        uid=badge_uid(uid),
        type=type_,
        comment=badge_comment(restored(comment)),
    )


def _require_once(seen: dict[str | int, int], line: Line, place: int) -> None:
    what: str | int = line.uid
    if (first := seen.setdefault(what, place)) == place and line.number is not None:
        what = line.number
        first = seen.setdefault(what, place)
    if first != place:
        raise Invalid("{what} is in line {first} already", what=what, first=first)


def _number(cell: str) -> int | None:
    text = cell.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0:
        return int(text)
    raise Invalid(
        "A badge number is 1 to {most}, or left out, not {got}", most=HIGHEST_NUMBER, got=_quoted(cell)
    )


def _quoted(cell: str) -> str:
    return ascii(cell[:40])
