"""Notes on a change as `--json` has them: each a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from core.errors import Problem
from screens.refusals import refusal_words


def with_notes(outcome: msgspec.Struct, notes: Sequence[Problem]) -> dict[str, Any]:
    """The outcome, with its notes in words."""
    return {**msgspec.to_builtins(outcome), "notes": [refusal_words(note) for note in notes]}
