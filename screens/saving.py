"""Reviewing, saving and discarding unsaved changes, and settling conflicts with somebody else's."""

from __future__ import annotations

from textual.content import Content

from core.api import ChangeOutcome
from core.errors import Conflict, Invalid, StationError, TryLater
from core.values.setting import Value
from screens.cleaned import cleaned, fitted
from screens.console import Console, refusal_words
from screens.dialog import Dialog, question
from screens.restart import restart_station
from screens.sections import section_of
from screens.texts import _, ngettext
from screens.visit import Visit

NAME = 28


def shown_value(visit: Visit, key: str, value: Value | None) -> str:
    """A value of a setting in words; secrets stay hidden."""
    view = visit.settings.get(key)
    if view is not None and view.kind == "secret":
        return _("(hidden)")
    return cleaned(_(visit.words(key, value))) or _("(empty)")


def change_lines(visit: Visit) -> list[Content]:
    """Every unsaved change, old and new, with what is wrong with it."""
    lines = [Content.styled(f"{fitted('', NAME)} {fitted(_('saved'), 20)}    {_('new')}", "bold")]
    for key in visit.edits.keys:
        view = visit.settings[key]
        old = shown_value(visit, key, view.value)
        new = shown_value(visit, key, visit.edits.new(key))
        lines.append(Content(f"{fitted(visit.name(key), NAME)} {fitted(old, 20)} -> {new}"))
        if key in visit.edits.problems:
            lines.append(Content.styled(f"    ! {visit.edits.problems[key]}", "bold $error"))
        elif view.takes_effect == "restart":
            lines.append(Content.styled(_("    after a restart"), "dim"))
    return lines + [Content(f"{note}.") for note in visit.edits.notes]


async def review(console: Console) -> None:
    """Show old and new values, and save or discard from there. Must run in a worker."""
    visit = console.visit
    if not len(visit.edits):
        console.tell(_("Nothing is changed."))
        return
    buttons = [("", _("Back")), ("save", _("Save")), ("discard", _("Discard"))]
    wrong = next((key for key in visit.edits.keys if key in visit.edits.problems), "")
    if wrong:
        buttons.insert(0, ("go", _("Go to the refused field")))
    answer = await console.push_screen_wait(Dialog(_("Unsaved changes"), change_lines(visit), buttons))
    if answer == "save":
        await save(console)
    elif answer == "discard":
        await discard(console)
    elif answer == "go":
        view = visit.settings[wrong]
        console.open_page(view.tab, view.sub_tab, key=wrong)


async def discard(console: Console) -> None:
    """Throw the edits away after a question. Must run in a worker."""
    visit = console.visit
    if not len(visit.edits):
        return
    text = ngettext(
        "{count} unsaved change is thrown away.", "{count} unsaved changes are thrown away.", len(visit.edits)
    )
    asked = question(_("Discard?"), [text.format(count=len(visit.edits))], _("Discard"))
    if await console.push_screen_wait(asked) == "yes":
        visit.edits.discard()
        console.edits_changed()


async def save(console: Console, *, restart: bool = False) -> None:
    """Save all edits or none; `restart` asks for the restart afterwards. Must run in a worker."""
    visit = console.visit
    if not len(visit.edits):
        console.tell(_("Nothing is changed."))
        return
    outcome = await _saved(console)
    if outcome is None:
        return
    visit.edits.discard()
    try:
        await visit.read_settings()
        await visit.read_status()
    except StationError as refusal:
        console.tell(refusal_words(refusal))
    console.edits_changed()
    console.tell(outcome_words(outcome))
    if restart:
        await restart_station(console)


def outcome_words(outcome: ChangeOutcome) -> str:
    count = len(outcome.changes)
    says = ngettext("{count} change saved.", "{count} changes saved.", count).format(count=count)
    if outcome.confirm_within_s:
        says = ngettext("{count} change in force on trial.", "{count} changes in force on trial.", count)
        return " ".join([says.format(count=count), *(f"{refusal_words(note)}." for note in outcome.notes)])
    if outcome.restart_needed:
        says += " " + _("The station follows after a restart.")
    return " ".join([says, *(f"{refusal_words(note)}." for note in outcome.notes)])


def placed_words(refusal: Invalid) -> str:
    """Why the values are refused, with the charge point that the setting belongs to."""
    section, number = section_of(refusal.key or "")
    place = f"{_(section).format(number=number)}: " if number else ""
    return place + refusal_words(refusal)


async def _saved(console: Console) -> ChangeOutcome | None:
    visit = console.visit
    try:
        return await visit.station.change_settings(visit.edits.changes(), seen=visit.edits.seen())
    except Conflict as conflict:
        if await _settled(console, conflict):
            return await _saved(console)
    except Invalid as refusal:
        for problem in refusal.problems or ():
            if problem.key is not None:
                visit.edits.problems[problem.key] = refusal_words(problem)
        console.edits_changed()
        console.tell(_("Not saved: {reason}").format(reason=placed_words(refusal)))
    except TryLater:
        console.link_lost()
    except StationError as refusal:
        console.tell(_("Not saved: {reason}").format(reason=refusal_words(refusal)))
    return None


async def _settled(console: Console, conflict: Conflict) -> bool:
    """Show both values and ask; True when the edits are to be saved over the other's."""
    visit = console.visit
    lines: list[str | Content] = [
        _("Somebody saved other values while you were editing:"),
        "",
        Content.styled(f"{fitted('', NAME)} {fitted(_('theirs, saved'), 20)}  {_('yours')}", "bold"),
    ]
    for key, theirs in conflict.details.items():
        label = visit.name(key)
        mine = shown_value(visit, key, visit.edits.new(key)) if key in visit.edits else ""
        lines.append(f"{fitted(label, NAME)} {fitted(shown_value(visit, key, theirs), 20)}  {mine}")
    buttons = [("", _("Go on editing")), ("theirs", _("Take theirs")), ("mine", _("Save mine"))]
    answer = await console.push_screen_wait(Dialog(_("Changed by somebody else"), lines, buttons))
    if answer == "theirs":
        visit.edits.accept_theirs(conflict.details)
    elif answer == "mine":
        visit.edits.keep_mine(conflict.details)
    try:
        await visit.read_settings()
    except StationError as refusal:
        console.tell(refusal_words(refusal))
    console.edits_changed()
    return answer == "mine"
