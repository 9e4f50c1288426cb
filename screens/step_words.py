"""How a test of the way to a server is put in words."""

from __future__ import annotations

from core.values.publication import ConnectionTest, Step
from screens.cleaned import cleaned
from screens.texts import _


def step_line(step: Step) -> str:
    """A step of a test of the connection, with what came of it."""
    outcome = _("OK") if step.ok else _("FAILED")
    return f"{outcome:6}  {_(step.name)}: {_(step.said)}".rstrip(": ")


def testing_lines(test: ConnectionTest | None) -> list[str]:
    """The last steps of a test that is under way; empty when there is none."""
    if test is None or test.ok is not None:
        return []
    return [_("Testing the connection ..."), *(step_line(step) for step in test.steps[-2:])]


def outcome_lines(test: ConnectionTest, good: str) -> list[str]:
    """Each step with what came of it, then what it means."""
    bad = _("It does not work yet: the last step says why.")
    return [*(cleaned(step_line(step)) for step in test.steps), "", good if test.ok else bad]
