"""Advanced settings: what load balancing and control from outside mean now."""

from __future__ import annotations

from pathlib import Path

from tests.screens.sitting import sitting
from tests.screens.test_sockets import at, at_rest, on_one_supply
from tests.stations import running_station


async def test_load_balancing_says_what_both_get_and_what_the_supply_carries(tmp_path: Path) -> None:
    async with running_station(on_one_supply(tmp_path), tmp_path) as core, sitting(core) as seat:
        await at(seat, "energy.load_balancing", "advanced")
        assert "Both charge points together get at most 32 A" in seat.text
        assert "plug 1 0 A, plug 2 0 A" in seat.text
        await seat.press("space")
        await at_rest(seat)
        assert "! Together they may take 64 A per phase" in seat.text


async def test_control_from_outside_says_what_is_let_through(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await at(seat, "energy.external_control", "advanced")
        assert "Limits from OCPP and building management" in seat.text
        await seat.press("space", "ctrl+o")
        assert "Nothing limits from outside now." in seat.text
        await core.parts.charging.limit_from_outside(2, 10.0, "a test")
        seat.app.pulse()
        await seat.settle()
        assert "Limits now: plug 2 10 A." in seat.text
