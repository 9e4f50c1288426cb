"""How a change of the network that is on trial is put in words."""

from __future__ import annotations

from core.api import NetworkCheck, NetworkTrial
from screens.cleaned import cleaned
from screens.texts import N_, _

MARKS = {True: N_("ok"), False: N_("NOT OK"), None: N_("not known")}


def who_tries(trial: NetworkTrial) -> str:
    """`admin, ssh 10.1.4.9`."""
    if trial.account == trial.origin:
        return trial.account
    return cleaned(f"{trial.account}, {trial.origin}")


def check_line(check: NetworkCheck) -> str:
    """`ok: Gateway: 192.168.0.254 answers`."""
    return f"{_(MARKS[check.ok])}: {cleaned(check.said)}"


def trial_lines(trial: NetworkTrial) -> list[str]:
    """What is on trial, how long, and what this session can do about it."""
    lines = [
        _("On trial by {who}: the old settings come back in {seconds} s unless it is confirmed.").format(
            who=who_tries(trial), seconds=trial.seconds_left
        )
    ]
    lines.append(cleaned(trial.why_not) if trial.why_not else _("This session may confirm it."))
    return lines
