"""`badges learn`: badges are added or removed by holding them to the reader."""

from __future__ import annotations

from collections.abc import Mapping

from console.commands.command import Argument, Call, Command
from console.commands.kinds import whole_number
from console.texts import N_, _
from core.api import LEARNING_SECONDS, LearnedBadge, Learning, Station
from core.errors import TryLater
from core.events import LearningChanged

RESULTS: Mapping[str, str] = {
    "added": N_("added"),
    "known": N_("known already"),
    "removed": N_("removed"),
    "unknown": N_("not in the register"),
    "full": N_("could not be stored"),
}


async def learn(call: Call) -> None:
    options = call.options
    station = await call.station()
    events = station.events()
    learning = await station.learn_start(options.mode, options.seconds)
    if not call.json:
        text = _("Hold badges to the reader. This ends {seconds} s after the last one, or with Ctrl-C.")
        await call.out.message(text.format(seconds=options.seconds))
    mine, shown = learning.session, 0
    try:
        async for event in events:
            if not isinstance(event, LearningChanged):
                continue
            now = await station.learning()
            if now is None or now.session != mine:
                break
            learning = now
            for badge in learning.latest:
                if badge.place > shown:
                    shown = badge.place
                    await _tell(call, badge)
            if not learning.running:
                break
        else:
            raise TryLater(_("The connection to the station was lost. Learning has ended."))
    finally:
        await _leave(station, learning)
    await _sum_up(call, learning)


async def _leave(station: Station, learning: Learning) -> None:
    """Nobody learns on behalf of a command that was interrupted."""
    if learning.running:
        await station.learn_stop()


async def _tell(call: Call, badge: LearnedBadge) -> None:
    if call.json:
        await call.answer({"badge": badge})
    else:
        await call.say(f"{badge.uid} {_(RESULTS[badge.result])} {badge.comment}".rstrip())


async def _sum_up(call: Call, learning: Learning) -> None:
    if call.json:
        counts = {name: getattr(learning, name) for name in ("added", "known", "removed", "unknown")}
        changed = learning.added + learning.removed > 0
        await call.answer({**counts, "ended": learning.ended}, changed=changed)
        return
    if learning.mode == "add":
        text = _("{added} added, {known} known already.")
    else:
        text = _("{removed} removed, {unknown} not in the register.")
    await call.say(
        text.format(
            added=learning.added, known=learning.known, removed=learning.removed, unknown=learning.unknown
        )
    )


COMMANDS = (
    Command(
        words=("badges", "learn"),
        usage="add/delete [--seconds 30]",
        summary=N_("Add or remove badges by holding them to the reader"),
        arguments=(
            Argument(name="mode", help=N_("add or delete"), choices=("add", "delete")),
            Argument(
                name="--seconds",
                help=N_("end so long after the last badge, s (30)"),
                kind=whole_number(5, 600),
                default=LEARNING_SECONDS,
            ),
        ),
        act=learn,
    ),
)
