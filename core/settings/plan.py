"""What a change of settings would do, worked out before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from core.errors import Problem
from core.values.setting import Value
from core.values.settings import Change


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A change to carry out as a whole, or not at all where there are `problems`.

    `texts` is what to store by key (secrets in clear: `core.settings.table` seals them), `values` what
    `Settings.accept` takes over.
    """

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    restart_needed: bool = False
    texts: Mapping[str, str] = {}
    values: Mapping[str, Value] = {}
