"""Finding badges in the register: pages for a screen, selections for a change."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from core.badges import table
from core.badges.uid import badge_uid, without_separators
from core.errors import Conflict, Invalid, NotFound
from core.values.badges import Badge, BadgeOrder, BadgePage, BadgeQuery, BadgeSelection

MOST_AT_ONCE = 1000
LONGEST_WORD = 100

_ORDERS: Mapping[BadgeOrder, str] = {
    "number": "number {way}",
    "uid": "uid {way}",
    "type": "type {way}, number",
    "comment": "casefolded(comment) {way}, number",
    "last_use": "last_use {way}, number",
}
_FOUND = "WHERE (? != '' AND instr(uid, ?)) OR instr(casefolded(comment), ?)"


def page(link: sqlite3.Connection, query: BadgeQuery) -> BadgePage:
    """The badges that `query` asks for. Raises Invalid."""
    if not 0 <= query.limit <= MOST_AT_ONCE:
        raise Invalid("Ask for 0 to {most} badges at once", most=MOST_AT_ONCE)
    if not 0 <= query.offset < 2**31:
        raise Invalid("Begin at the first badge or a later one, got {got}", got=query.offset)
    where, bound = _where(link, query.find)
    order = _ORDERS[query.sort].format(way="DESC" if query.descending else "ASC")
    total = table.count(link)
    rows = f"SELECT {table.COLUMNS} FROM badges"  # noqa: S608
    if not where:
        here = link.execute(f"{rows} ORDER BY {order} LIMIT ? OFFSET ?", (query.limit, query.offset))
        return BadgePage(badges=tuple(map(table.badge_of, here)), found=total, total=total)
    numbers = link.execute(f"SELECT number FROM badges {where} ORDER BY {order}", bound).fetchall()  # noqa: S608
    wanted = numbers[query.offset : query.offset + query.limit]
    found = (link.execute(f"{rows} WHERE number = ?", number).fetchone() for number in wanted)
    return BadgePage(badges=tuple(map(table.badge_of, found)), found=len(numbers), total=total)


def selected(link: sqlite3.Connection, selection: BadgeSelection) -> tuple[Badge, ...]:
    """The badges that are meant, by number. Raises Invalid, NotFound, and Conflict for another count."""
    if selection.found is not None:
        where, bound = _where(link, selection.found)
        order = f"{where} ORDER BY number"
        rows = link.execute(f"SELECT {table.COLUMNS} FROM badges {order}", bound)  # noqa: S608
        besides = set(selection.besides)
        badges = tuple(badge for badge in map(table.badge_of, rows) if badge.uid not in besides)
    else:
        badges = tuple(_known(link, uid) for uid in dict.fromkeys(map(badge_uid, selection.uids)))
    if selection.expected is not None and selection.expected != len(badges):
        raise Conflict(
            "The register has changed: {count} badges are meant now, not {expected}. Nothing was changed.",
            count=len(badges),
            expected=selection.expected,
        )
    return badges


def _known(link: sqlite3.Connection, uid: str) -> Badge:
    badge = table.find(link, uid)
    if badge is None:
        raise NotFound("The badge {uid} is not in the register", uid=uid)
    return badge


def _where(link: sqlite3.Connection, text: str) -> tuple[str, tuple[str, ...]]:
    word = text.strip()[:LONGEST_WORD]
    link.create_function("casefolded", 1, str.casefold, deterministic=True)
    if not word:
        return "", ()
    part = without_separators(word)
    return _FOUND, (part, part, word.casefold())
