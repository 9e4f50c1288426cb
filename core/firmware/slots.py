"""Which software runs: the installed program or one of two slots, one of them perhaps on trial. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from core.firmware.versions import newest

Slot = Literal["", "a", "b"]
"""Where the software is that runs; "" is the program as the machine has it installed."""

MOST_STARTS = 3
"""So often software on trial may be started without proving itself."""
TRIAL_SECONDS = 120
"""So long it may take from one start to its proof."""

DIED = "it died at {starts} starts before it had proved itself"
HUNG = "it had not proved itself within {seconds} s"
NOT_THERE = "its files are not there"
ANEW = "the machine's own program was installed anew, with version {version}"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Software that is written and waits for a restart, or is on trial after one.

    `slot` is the one that runs already where the package has no tool. `board` and `reader` are versions of
    images for them, "" for none. `answering`: the charge points whose boards answered before.
    `since` is when it was installed, by whom `account`. `started_at`: seconds since the machine's own start.
    """

    slot: Slot
    version: str
    minimum: str
    board: str = ""
    reader: str = ""
    answering: tuple[int, ...] = ()
    account: str = ""
    source: str = ""
    since: datetime | None = None
    seconds: int = TRIAL_SECONDS
    starts: int = 0
    started_at: float = 0.0


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the last package.

    `noted`: it stands in the station's log. `reported`: the system that brought it has heard of it.
    """

    version: str
    result: Literal["installed", "returned"]
    reason: str = ""
    account: str = ""
    source: str = ""
    at: datetime | None = None
    noted: bool = False
    reported: bool = False


class Slots(msgspec.Struct, frozen=True, kw_only=True):
    """What is on the disk about it. `minimum` never falls. `board` and `reader`: versions of their images.

    `beside` is the version of the machine's own program that the slots were written beside.
    """

    active: Slot = ""
    active_version: str = ""
    minimum: str = ""
    beside: str = ""
    board: str = ""
    reader: str = ""
    waiting: Candidate | None = None
    trial: Candidate | None = None
    outcome: Outcome | None = None


def free_slot(slots: Slots) -> Slot:
    """The slot that may be written: neither what runs nor what it would return to."""
    return "b" if slots.active == "a" else "a"


def lowest_allowed(slots: Slots, version: str, running: Slot) -> str:
    """The lowest version that may be installed where `version` runs from the slot `running`."""
    return slots.minimum if running else newest(slots.minimum, version)


def started(slots: Slots, *, whole: frozenset[Slot], installed: str, at: float = 0.0) -> Slots:
    """How it is when the station starts, `at` seconds after the machine.

    `whole` are the slots whose files are there, `installed` the version of the machine's own program.
    """
    if slots.beside not in ("", installed):
        return _anew(slots, installed)
    if slots.trial is not None and (why := _given_up(slots.trial, at)):
        slots = returned(slots, why)
    if slots.trial is None and slots.waiting is not None:
        slots = msgspec.structs.replace(slots, trial=slots.waiting, waiting=None)
    if slots.trial is not None and slots.trial.slot in whole:
        return _counted(slots, slots.trial, at)
    slots = returned(slots, NOT_THERE)
    return slots if slots.active in whole else _lost(slots, NOT_THERE)


def to_run(slots: Slots) -> Slot:
    """The slot that the core runs from."""
    return slots.active if slots.trial is None else slots.trial.slot


def written(slots: Slots, candidate: Candidate, *, version: str, running: Slot) -> Slots:
    """Software is on the disk and waits for the next start; `version` runs from the slot `running`."""
    return msgspec.structs.replace(
        slots,
        waiting=candidate,
        minimum=lowest_allowed(slots, version, running),
        beside=slots.beside if running else version,
    )


def taken_back(slots: Slots) -> Slots:
    """What waits is not wanted any more."""
    return msgspec.structs.replace(slots, waiting=None)


def proved(slots: Slots, at: datetime) -> Slots:
    """What is on trial has shown that it works: it stays."""
    trial = slots.trial
    if trial is None:
        return slots
    return msgspec.structs.replace(
        slots,
        active=trial.slot,
        active_version=slots.active_version if trial.slot == slots.active else trial.version,
        minimum=newest(slots.minimum, trial.minimum),
        board=trial.board or slots.board,
        reader=trial.reader or slots.reader,
        trial=None,
        outcome=_outcome(trial, "installed", "", at),
    )


def returned(slots: Slots, reason: str, at: datetime | None = None) -> Slots:
    """What is on trial does not work: what ran before runs again."""
    if slots.trial is None:
        return slots
    return msgspec.structs.replace(slots, trial=None, outcome=_outcome(slots.trial, "returned", reason, at))


def noted(slots: Slots) -> Slots:
    """The last outcome stands in the log."""
    if slots.outcome is None:
        return slots
    return msgspec.structs.replace(slots, outcome=msgspec.structs.replace(slots.outcome, noted=True))


def _given_up(trial: Candidate, at: float) -> str:
    """Why software on trial is not started once more; "" where it is."""
    if trial.starts and at >= trial.started_at + trial.seconds:
        return HUNG.format(seconds=trial.seconds)
    return DIED.format(starts=trial.starts) if trial.starts >= MOST_STARTS else ""


def _counted(slots: Slots, trial: Candidate, at: float) -> Slots:
    counted = msgspec.structs.replace(trial, starts=trial.starts + 1, started_at=at)
    return msgspec.structs.replace(slots, trial=counted)


def _anew(slots: Slots, installed: str) -> Slots:
    """The machine's own program is another one than before: it runs, and whatever the slots hold is left."""
    left = msgspec.structs.replace(slots, beside=installed, waiting=None, trial=None)
    return _lost(left, ANEW.format(version=installed)) if slots.active else left


def _lost(slots: Slots, reason: str) -> Slots:
    outcome = Outcome(version=slots.active_version, result="returned", reason=reason)
    return msgspec.structs.replace(slots, active="", active_version="", outcome=outcome)


def reported(slots: Slots) -> Slots:
    """Who brought the last package knows what became of it."""
    if slots.outcome is None:
        return slots
    return msgspec.structs.replace(slots, outcome=msgspec.structs.replace(slots.outcome, reported=True))


def _outcome(
    trial: Candidate, result: Literal["installed", "returned"], reason: str, at: datetime | None
) -> Outcome:
    return Outcome(
        version=trial.version,
        result=result,
        reason=reason,
        account=trial.account,
        source=trial.source,
        at=at,
    )
