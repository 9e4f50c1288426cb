"""A badge as a line of the register's table."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.api import Badge
from core.values.badges import Learned
from screens.cleaned import cleaned, fitted
from screens.row_drawing import WIDE
from screens.texts import N_, _
from screens.times import day_and_minute

TYPES = {"user": N_("User"), "vip": N_("VIP"), "admin": N_("Admin")}
TAGS: dict[Learned, str] = {"added": N_("new"), "known": N_("known")}
UID_AT = 11
UID_WIDTH = 20
TYPE_AT = UID_AT + UID_WIDTH + 2
TYPE_WIDTH = 9
TAG_WIDTH = 6


def table_head(width: int) -> str:
    """The titles of the columns."""
    head = f"     {_('No'):>5} {fitted(_('Identifier'), UID_WIDTH)}  {fitted(_('Type'), TYPE_WIDTH)}"
    comment = fitted(_("Comment"), comment_width(width))
    return f"{head} {comment} {_('Last use')}" if width >= WIDE else f"{head} {comment}"


def comment_width(width: int) -> int:
    """The cells for the comment in a table of `width` cells."""
    used = TYPE_AT + TYPE_WIDTH + TAG_WIDTH + 1
    return width - used - (18 if width >= WIDE else 0)


def badge_line(
    badge: Badge, width: int, zone: ZoneInfo, *, marked: bool, tag: str = "", ascii_only: bool
) -> str:
    """`[x]    11 E1EB1C03  User  Fleet van 3  new`, without the cell of the cursor."""
    uid = cleaned(badge.uid, ascii_only=ascii_only)
    line = f"{'[x]' if marked else '[ ]'} {badge.number:>5} {fitted(uid, UID_WIDTH)}  "
    line += f"{fitted(_(TYPES[badge.type]), TYPE_WIDTH)} "
    line += fitted(cleaned(badge.comment, ascii_only=ascii_only), comment_width(width))
    if width >= WIDE:
        used = badge.last_use
        line += f" {fitted(day_and_minute(used, zone) if used else _('never'), 17)}"
    return f"{line} {fitted(tag, TAG_WIDTH - 1)}" if tag else line
