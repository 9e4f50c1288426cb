"""What the screens are told of the link."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from core.ocpp.linked import Linked
from core.ocpp.seen import Seen
from core.ocpp.viewing import status_of
from screens.supervision_words import link_lines
from tests.stations import log_in, running_station


def nothing() -> None:
    """Nobody listens."""


async def test_until_a_server_is_tried_the_first_one_is_shown(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await (await log_in(core, "local")).change_settings(
            {
                "general.station_type": "supervised",
                "general.authentication_location": "supervision",
                "supervision.protocol": "ocpp16j",
                "supervision.primary_url": "ws://192.0.2.9/ocpp",
                "supervision.identity": "CS-01",
            }
        )
        untried, unheard = Linked(core.parts.clock, nothing), Seen(core.parts.clock, nothing)
        status = status_of(core.parts.settings, untried, unheard, None, waiting=0)
        assert link_lines(status, ZoneInfo("UTC"))[1] == "Primary server: ws://192.0.2.9/ocpp/CS-01"
