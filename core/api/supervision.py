"""The part of the seam that is about supervision: the link to the central system, and testing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.values.publication import ConnectionTest
from core.values.setting import Value
from core.values.supervision import SupervisionStatus


class SupervisionStation(Protocol):
    """What an account may ask of the supervision, as `api.Station` does."""

    async def supervision(self) -> SupervisionStatus:
        """The state of the link, when it was heard, and its last messages."""

    async def test_supervision(self, changes: Mapping[str, Value] | None = None) -> ConnectionTest:
        """Go to the central system step by step and ask whether it takes this station.

        `changes` are settings not saved yet. The link rests meanwhile and is opened again afterwards. Each
        step is announced by SupervisionChanged. Raises Invalid, Busy while another test runs.
        """
