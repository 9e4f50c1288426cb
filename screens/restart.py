"""The question before a restart, with the choice while a charge is open, and the restart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.api import RestartWhen, WaitingRestart
from core.errors import Busy, StationError, StorageFull, TryLater
from screens.console import Console, refusal_words
from screens.dialog import Dialog, question
from screens.keys_help import wrapped
from screens.texts import N_, _
from screens.typed_question import TypedQuestion

Ask = Callable[[RestartWhen], Awaitable[WaitingRestart | None]]
CHOICE = N_(
    "A charge is open at plug {plugs}. Now: it ends with its record. When free: the station waits until no "
    "charge is open, and charges on meanwhile."
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question before a restart; `word` must be typed where it is one that cannot be taken back."""

    title: str
    text: tuple[str, ...]
    button: str = ""
    word: str = ""


async def restart_station(console: Console) -> None:
    """Restart after a confirmation, now or when no charge is open. Must run in a worker."""
    visit = console.visit
    text = [_("The station is not available for about half a minute.")]
    if len(visit.edits):
        text.append(_("Unsaved changes on the forms are kept here, and are not part of it."))
    network = await console.attempt(visit.station.network())
    if network is not None and network.trial is not None:
        text.append(_("The network settings on trial are not confirmed: the old ones come back."))
    asked = Asked(title=_("Restart the station?"), text=tuple(text), button=_("Restart"))
    await ask_until_settled(console, asked, visit.station.restart)


async def ask_until_settled(console: Console, asked: Asked, restart: Ask) -> None:
    """Ask, and again with the choice when a charge has been opened meanwhile. Must run in a worker."""
    visit = console.visit
    await console.attempt(visit.read_status())
    while True:
        when = await chosen(console, asked)
        if when is None:
            return
        token = await console.attempt(visit.station.resume_token())
        if token is None:
            return
        visit.resume_token = token
        try:
            waiting = await restart(when)
        except StorageFull as full:
            console.tell(refusal_words(full))
        except TryLater:
            console.link_lost()
        except Busy as busy:
            await console.attempt(visit.read_status())
            if "points" in busy.values:
                continue
            console.tell(refusal_words(busy))
        except StationError as refusal:
            console.tell(refusal_words(refusal))
        else:
            if waiting is not None:
                console.tell(_("Waits until no charge is open. Control takes it back."))
                await console.attempt(visit.read_status())
                console.edits_changed()
        return


async def chosen(console: Console, asked: Asked) -> RestartWhen | None:
    """What to do, with the choice where a charge is open; None: leave the station as it is."""
    when: RestartWhen = "if_free"
    if plugs := open_plugs(console):
        buttons = [("", _("No")), ("when_free", _("When free")), ("now", _("Now"))]
        text = [_(CHOICE).format(plugs=plugs), "", *asked.text]
        answer = await console.push_screen_wait(Dialog(asked.title, wrapped(text), buttons, keys={"n": ""}))
        if not answer:
            return None
        when = "now" if answer == "now" else "when_free"
    if asked.word:
        typed = TypedQuestion(asked.title, wrapped(asked.text), asked.word)
        return when if await console.push_screen_wait(typed) else None
    if when != "if_free":
        return when
    plain = question(asked.title, wrapped(asked.text), asked.button)
    return when if await console.push_screen_wait(plain) == "yes" else None


def open_plugs(console: Console) -> str:
    """The charge points at which a charge is open, `1, 2`; "" for none."""
    points = console.visit.status.charge_points
    return ", ".join(str(point.point) for point in points if point.session is not None)
