"""What is asked before many badges change: their type, their removal, and learning at the reader."""

from __future__ import annotations

from collections.abc import Sequence

from core.api import LEARNING_SECONDS, Badge, BadgeSelection, BadgeType, Learning, LearningMode
from screens.badge_lines import TYPES
from screens.cleaned import cleaned
from screens.console import Console
from screens.dialog import Dialog, question
from screens.keys_help import wrapped
from screens.texts import _, ngettext
from screens.typed_question import TypedQuestion

SHOWN = 6
"""Badges that a question names."""
MANY = 50
"""More badges than this are removed only after a typed word."""


class Chosen:
    """The badges that an action is for, and how they are named in its question."""

    def __init__(self, selection: BadgeSelection, count: int, named: Sequence[Badge]) -> None:
        self.selection = selection
        self.count = count
        self.named = tuple(named)

    @property
    def words(self) -> str:
        return ngettext("{count} badge", "{count} badges", self.count).format(count=self.count)

    def lines(self) -> list[str]:
        """The first of them by name, and how many more there are."""
        lines = [
            f"  {badge.number:>5}  {cleaned(badge.uid)}  {_(TYPES[badge.type])}  {cleaned(badge.comment)}"
            for badge in self.named[:SHOWN]
        ]
        more = self.count - len(lines)
        return lines + ([_("  and {count} more").format(count=more)] if more > 0 else [])


async def set_type(console: Console, chosen: Chosen) -> bool:
    """Ask for the type and give it to them; True when it was done. Must run in a worker."""
    buttons = [("", _("Cancel")), *((kind, _(words)) for kind, words in TYPES.items())]
    text = [_("Which type shall {badges} have?").format(badges=chosen.words), *chosen.lines()]
    keys = {"u": "user", "v": "vip", "a": "admin"}
    kind = await console.push_screen_wait(Dialog(_("Type of badges"), text, buttons, keys=keys))
    if kind not in {"user", "vip", "admin"}:
        return False
    wanted: BadgeType = "user" if kind == "user" else "vip" if kind == "vip" else "admin"
    changed = await console.attempt(console.visit.station.set_badges_type(chosen.selection, wanted))
    if changed is None:
        return False
    says = ngettext("{count} badge has another type now.", "{count} badges have another type now.", changed)
    console.tell(says.format(count=changed))
    return True


async def remove(console: Console, chosen: Chosen) -> bool:
    """Ask, by a typed word for many, and remove them; True when it was done. Must run in a worker."""
    title = _("Remove {badges}?").format(badges=chosen.words)
    text = [*chosen.lines(), "", _("They cannot charge any more. Only an exported list brings them back.")]
    if chosen.count > MANY:
        sure = await console.push_screen_wait(TypedQuestion(title, text, _("REMOVE")))
    else:
        sure = await console.push_screen_wait(question(title, text, _("Remove"))) == "yes"
    if not sure:
        return False
    return _told(console, await console.attempt(console.visit.station.remove_badges(chosen.selection)))


async def remove_all(console: Console, total: int) -> bool:
    """Ask by a typed word and remove every badge; True when it was done. Must run in a worker."""
    text = [
        ngettext(
            "The only badge is removed.", "All {count} badges of the register are removed.", total
        ).format(count=total),
        _("They cannot charge any more. Only an exported list brings them back."),
    ]
    if not await console.push_screen_wait(TypedQuestion(_("Remove all badges?"), text, _("REMOVE ALL"))):
        return False
    return _told(console, await console.attempt(console.visit.station.clear_badges()))


def _told(console: Console, removed: int | None) -> bool:
    if removed is None:
        return False
    says = ngettext("{count} badge removed.", "{count} badges removed.", removed)
    console.tell(says.format(count=removed))
    return True


async def learn(console: Console) -> Learning | None:
    """Ask whether badges are added or deleted, and start learning. Must run in a worker."""
    text = [
        _("Every badge that is presented to the reader from now on is added to the register, or deleted."),
        _("Learning ends when no badge came for {seconds} s, or by Stop.").format(seconds=LEARNING_SECONDS),
        _("Meanwhile no badge starts or stops a charge."),
    ]
    buttons = [("", _("Cancel")), ("add", _("Add badges")), ("delete", _("Delete badges"))]
    asked = Dialog(_("Learn badges"), wrapped(text), buttons, keys={"a": "add", "d": "delete"})
    answer = await console.push_screen_wait(asked)
    if answer not in {"add", "delete"}:
        return None
    mode: LearningMode = "add" if answer == "add" else "delete"
    return await console.attempt(console.visit.station.learn_start(mode))
