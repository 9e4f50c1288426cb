"""Goes through every rule."""

from __future__ import annotations

from core.errors import Problem
from core.settings.rules.situation import Rule, Situation

RULES: tuple[Rule, ...] = ()
NOTES: tuple[Rule, ...] = ()


def find_problems(situation: Situation) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(situation))


def find_notes(situation: Situation) -> tuple[Problem, ...]:
    """What is worth knowing but not wrong."""
    return tuple(found for note in NOTES for found in note(situation))
