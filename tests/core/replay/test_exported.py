"""From real sessions through the station into the records file and back: energy and times, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import pytest

from core.api import RecordExport, Station
from core.replay.driver import replay
from core.replay.plan import Stay, stays
from core.replay.report import Tally
from core.replay.trondheim import ZONE, RealSession, sessions
from tests.core.cdrs.csv_reader import Line, parse
from tests.core.replay.sample import by_point
from tests.effort import Effort
from tests.stations import log_in, running_station

FULL_POWER_W = 3 * 230 * 32
SEPARATORS: Sequence[tuple[Literal["semicolon", "comma"], Literal["comma", "dot"]]] = (
    ("semicolon", "comma"),
    ("comma", "dot"),
    ("comma", "comma"),
)


async def exported(station: Station) -> str:
    part = await station.export_records(RecordExport(last=None))
    text = part.text
    while part.place is not None:
        part = await station.export_records(RecordExport(last=None), part.place)
        text += part.text
    return text


def expected_wh(stay: Stay) -> int:
    """What a vehicle takes that draws full power until it has what it asked for, or must leave."""
    seconds = (stay.end - stay.start).total_seconds()
    return min(stay.energy_wh, round(FULL_POWER_W * seconds / 3600))


def assert_same(stay: Stay, line: Line) -> None:
    start, end = (moment.astimezone(ZONE).replace(tzinfo=None) for moment in (stay.start, stay.end))
    assert (line.socket, line.uid, line.start, line.end) == (stay.point, stay.uid, start, end)
    assert line.duration_s == (stay.end - stay.start).total_seconds()
    assert line.energy_kwh * 1000 == pytest.approx(expected_wh(stay), rel=0.01, abs=1.5)
    assert line.charge_type == "AC_THREE_PHASE"


async def go_there_and_back(folder: Path, real: Mapping[int, Sequence[RealSession]]) -> int:
    """Replay, export with every pair of separators, compare each session; give how many there were."""
    planned = [stay for point, each in real.items() for stay in stays(point, each, Tally())]
    planned.sort(key=lambda stay: (stay.end, stay.point))
    async with running_station("parking-2", folder) as core:
        admin = await log_in(core)
        await admin.change_settings({"time.zone": ZONE.key})
        await replay(admin, real)
        for fields, decimal in SEPARATORS:
            await admin.change_settings(
                {"publication.field_separator": fields, "publication.decimal_separator": decimal}
            )
            lines = parse(await exported(admin), field_separator=fields, decimal_separator=decimal)
            assert [line.number for line in lines] == list(range(len(planned), 0, -1))
            for stay, line in zip(planned, reversed(lines), strict=True):
                assert_same(stay, line)
    return len(planned)


def by_user(file: Path) -> Mapping[str, list[RealSession]]:
    found: dict[str, list[RealSession]] = {}
    for session in sessions(file.read_text(encoding="utf-8")):
        found.setdefault(session.user, []).append(session)
    return found


async def test_every_session_of_our_sample_comes_back_from_the_file(tmp_path: Path) -> None:
    assert await go_there_and_back(tmp_path, by_point()) == 17


@pytest.mark.data
@pytest.mark.slow
async def test_every_real_session_comes_back_from_the_file(
    tmp_path: Path, dataset: Path, effort: Effort
) -> None:
    of_user = by_user(dataset)
    users = sorted(of_user, key=lambda user: (len(of_user[user]), user))
    first, most = effort(default=(40, 4), long=(0, len(users)))
    chosen = users[first : first + most]
    done = 0
    for number in range(0, len(chosen), 2):
        pair = {point: of_user[user] for point, user in enumerate(chosen[number : number + 2], 1)}
        done += await go_there_and_back(tmp_path / str(number), pair)
    assert done > effort(default=100, long=6800)
