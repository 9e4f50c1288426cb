"""How the network and a trial of it are told: to screens, in notes, in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.access import Actor, origin_text
from core.audit import Note
from core.errors import Problem
from core.network.addressing import is_network_key
from core.network.trial import Trial, seconds_left, why_not
from core.settings.store import Settings
from core.values.network import NetworkTrial
from core.values.people import SessionInfo
from core.values.setting import Value


def note(action: str, subject: str, text: str, actor: Actor | None) -> Note:
    """What the log says of a change; `actor` None: the station itself."""
    return Note(
        kind="audit",
        action=action,
        account=actor.account if actor else "station",
        origin=origin_text(actor.origin) if actor else "",
        subject=subject,
        text=text,
    )


def facts(settings: Settings, value: Callable[[str], Value]) -> dict[str, str]:
    """Every network setting of the station by key, without secrets."""
    return {
        key: str(value(key)) for key, row in settings.rows.items() if is_network_key(key) and not row.secret
    }


def trial_status(
    trial: Trial | None, session: SessionInfo, *, now: float, proves_the_way: bool
) -> NetworkTrial | None:
    """How a trial stands for somebody."""
    if trial is None:
        return None
    refusal = why_not(trial, session, proves_the_way=proves_the_way)
    return NetworkTrial(
        changes=trial.changes,
        address=trial.wanted.station,
        old_address=trial.before.station,
        account=trial.account,
        origin=trial.origin,
        session=trial.session,
        seconds_left=seconds_left(trial, now),
        confirm_within_s=trial.confirm_within_s,
        applied=trial.applied,
        why_not="" if refusal is None else refusal.message,
        checks=trial.checks,
    )


def notes(trial: Trial, session: SessionInfo, *, lost: bool) -> Iterator[Problem]:
    """What whoever makes the change must know before it is made."""
    values = {"seconds": str(trial.confirm_within_s), "address": trial.wanted.station}
    if session.origin.kind != "ssh":
        yield Problem(
            template="Confirm within {seconds} s, here or by a log-in at {address}, "
            "else the old settings come back",
            values=values,
        )
        return
    if lost:
        yield Problem(template="This session will be lost")
    yield Problem(
        template="Log in at {address} within {seconds} s and confirm there, else the old settings come back",
        values=values,
    )


def log_words(trial: Trial) -> str:
    """`network.ip_address 192.168.0.102 -> 192.168.0.50`, secrets only by name."""
    return ", ".join(
        change.key if change.new is None else f"{change.key} {change.old} -> {change.new}"
        for change in trial.changes
    )
