"""A machine whose addresses stay as they were left when the station on it dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from core.network.addressing import Addressing
from core.network.driver import NetworkDriver
from core.network.marker import Marker
from core.profile import HardwareProfile
from core.saving import Saving
from core.values.network import NetworkCheck
from core.values.settings import ChangeOutcome
from tests.crash.dying_network import MOMENTS

__all__ = ["MOMENTS", "Machine"]


class Machine:
    """Implements NetworkDriver; `at` is told each moment of a change to the address `new` (`MOMENTS`)."""

    proves_the_way = True

    def __init__(self, new: str, *addresses: str) -> None:
        self.addresses = addresses
        self.new = new
        self.at: Callable[[str], None] = lambda _moment: None

    async def apply(self, wanted: Addressing) -> None:
        is_new = wanted.station == self.new
        if self.addresses != wanted.addresses:
            self.addresses = ()
            await asyncio.sleep(0)
            if is_new:
                self.at("half")
            self.addresses = wanted.addresses
        if is_new:
            self.at("applied")

    async def check(self, applied: Addressing) -> tuple[NetworkCheck, ...]:
        return ()

    def take_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Be the machine of every station that is started from now on."""

        def make(_profile: HardwareProfile) -> NetworkDriver:
            return self

        monkeypatch.setattr("core.assembly.make_network_driver", make)
        mark, save = Marker.set, Saving.save

        def watched_mark(marker: Marker, said: str) -> None:
            self.at("unmarked")
            mark(marker, said)
            self.at("marked")

        async def watched_save(saving: Saving, changes: Mapping[str, Any], **how: Any) -> ChangeOutcome:
            if "network.ip_address" in changes:
                self.at("unsaved")
            outcome = await save(saving, changes, **how)
            if "network.ip_address" in changes:
                self.at("saved")
            return outcome

        monkeypatch.setattr(Marker, "set", watched_mark)
        monkeypatch.setattr(Saving, "save", watched_save)
