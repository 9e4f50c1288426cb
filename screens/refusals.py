"""What the station refuses, and what it notes on a change, in the language of the session."""

from __future__ import annotations

from core.errors import Problem, StationError
from screens.texts import N_, _

PLACES = (N_("Line {line}, {name}: "), N_("Line {line}: "), N_("Charge point {point}: "))
"""What a refusal or a note may begin with: where in a file, and of which of two charge points."""


def refusal_words(refusal: StationError | Problem) -> str:
    """What the station refused and why."""
    values = dict(refusal.values)
    if "label" in values:
        values["label"] = _(values["label"])
    place = next((place for place in PLACES if refusal.template.startswith(place)), "")
    said = _(refusal.template.removeprefix(place)).format(**values)
    return _(place).format(**values) + said if place else said
