"""`badges`: the register of badges, listed and changed."""

from __future__ import annotations

from collections.abc import AsyncIterator

from console.commands import badges_file, badges_learn
from console.commands.command import Argument, Call, Command, UsageError
from console.commands.output import columns
from console.texts import N_, _, ngettext
from core.api import Badge, BadgePage, BadgeQuery, BadgeSelection, Station

PAGE = 1000
TYPES = ("user", "vip", "admin")


def badge_row(badge: Badge) -> tuple[str, ...]:
    """A badge for a person."""
    return (str(badge.number), badge.uid, badge.type, badge.comment)


async def pages(station: Station, find: str) -> AsyncIterator[BadgePage]:
    """The badges that `find` finds, by number, a page at a time; at least one page."""
    offset = 0
    while True:
        page = await station.badges(BadgeQuery(find=find, offset=offset, limit=PAGE))
        yield page
        offset += PAGE
        if offset >= page.found:
            return


async def list_badges(call: Call) -> None:
    station = await call.station()
    found = [page async for page in pages(station, call.options.find)]
    badges = [badge for page in found for badge in page.badges]
    if call.json:
        await call.answer({"badges": badges, "found": found[-1].found, "total": found[-1].total})
        return
    heads = (_("Number"), _("Identifier"), _("Type"), _("Comment"))
    await call.out.data(columns([heads, *(badge_row(badge) for badge in badges)]))


async def _told(call: Call, badge: Badge, *, changed: bool) -> None:
    if call.json:
        await call.answer({"badge": badge}, changed=changed)
    else:
        await call.say(" ".join(badge_row(badge)).rstrip())


async def add(call: Call) -> None:
    options = call.options
    badge = await (await call.station()).add_badge(options.uid, options.type, options.comment)
    await _told(call, badge, changed=True)


async def set_badge(call: Call) -> None:
    options = call.options
    if options.type is None and options.comment is None:
        raise UsageError(_("Say what changes: --type, --comment or both."))
    badge = await (await call.station()).set_badge(options.uid, kind=options.type, comment=options.comment)
    await _told(call, badge, changed=True)


async def _removed(call: Call, count: int) -> None:
    if call.json:
        await call.answer({"removed": count}, changed=count > 0)
    else:
        text = ngettext("{count} badge was removed.", "{count} badges were removed.", count)
        await call.say(text.format(count=count))


async def remove(call: Call) -> None:
    selection = BadgeSelection(uids=tuple(call.options.uids))
    await _removed(call, await (await call.station()).remove_badges(selection))


async def clear(call: Call) -> None:
    if not call.options.yes:
        raise UsageError(_("This removes every badge. Confirm it with --yes."))
    await _removed(call, await (await call.station()).clear_badges())


UID = Argument(name="uid", help=N_("identifier of the badge, hexadecimal"))
COMMENT = N_("0 to 50 characters; shown in the charge data records")
REGISTER = (
    Command(
        words=("badges", "list"),
        usage="[--find TEXT]",
        summary=N_("List the badges of the register"),
        arguments=(
            Argument(
                name="--find",
                help=N_("only those with this in their identifier or comment"),
                metavar="TEXT",
                default="",
            ),
        ),
        act=list_badges,
    ),
    Command(
        words=("badges", "add"),
        usage="UID [--type user/vip/admin] [--comment TEXT]",
        summary=N_("Add a badge to the register"),
        arguments=(
            UID,
            Argument(name="--type", help=N_("user, vip or admin (user)"), choices=TYPES, default="user"),
            Argument(name="--comment", help=COMMENT, metavar="TEXT", default=""),
        ),
        act=add,
    ),
    Command(
        words=("badges", "set"),
        usage="UID [--type user/vip/admin] [--comment TEXT]",
        summary=N_("Change a badge"),
        arguments=(
            UID,
            Argument(name="--type", help=N_("user, vip or admin"), choices=TYPES),
            Argument(name="--comment", help=COMMENT, metavar="TEXT"),
        ),
        act=set_badge,
    ),
    Command(
        words=("badges", "remove"),
        usage="UID...",
        summary=N_("Remove badges, all of them or none"),
        arguments=(Argument(name="uids", help=N_("identifiers of the badges"), many=True),),
        act=remove,
    ),
    Command(
        words=("badges", "clear"),
        usage="--yes",
        summary=N_("Remove every badge"),
        arguments=(Argument(name="--yes", help=N_("confirm it"), flag=True),),
        act=clear,
    ),
)
COMMANDS = (*REGISTER, *badges_file.COMMANDS, *badges_learn.COMMANDS)
