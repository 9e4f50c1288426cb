"""What the supervision is told of a charge: noted with its record, in order, each once."""

from pathlib import Path

import pytest

from core.badges.verdict import Verdict
from core.transactions import table
from core.transactions.facts import AnyFact, Ended, Sampled, Started, WaitingFact
from core.transactions.sampling import Sampling, Supervision
from core.values.simulation import Vehicle
from tests.core.charging_house import START, House, house
from tests.core.serving.supervision import supervised


async def every(station: House) -> list[WaitingFact]:
    """All facts that wait, as whoever tells them gets them."""
    found: list[WaitingFact] = []
    while (fact := await station.charging.facts.next(found[-1].number if found else 0)) is not None:
        found.append(fact)
    return found


async def told(station: House) -> list[AnyFact]:
    return [waiting.fact for waiting in await every(station)]


async def visit(station: House, uid: str = "app-17", seconds: float = 600) -> None:
    await station.charging.remote_start(1, uid)
    await station.charging.sim_plug(1, Vehicle())
    await station.wait(seconds)
    await station.charging.sim_unplug(1)


async def test_a_charge_is_told_with_what_its_record_says(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        station.charging.facts.arrived.clear()
        await visit(station)
        assert station.charging.facts.arrived.is_set()
        (record,) = await station.records()
        begun, ended = await told(station)
        assert begun == Started(
            transaction=1, point=1, time=record.start, meter_wh=record.meter_start_wh, uid="app-17"
        )
        assert ended == Ended(
            transaction=1,
            point=1,
            time=record.end,
            meter_wh=record.meter_stop_wh,
            reason="vehicle_unplugged",
            uid="",
        )


async def test_a_fact_waits_until_it_is_acknowledged_over_restarts_too(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await visit(station)
        first, second = await every(station)
        await station.charging.facts.acknowledge(first.number)
    async with supervised(tmp_path) as (station, _):
        assert await every(station) == [second]
        await station.charging.facts.acknowledge(second.number)
        assert await station.charging.facts.waiting() == 0
        await visit(station)
        assert [fact.number for fact in await every(station)] == [second.number + 1, second.number + 2]


async def test_nothing_is_noted_without_a_supervision(tmp_path: Path) -> None:
    async with house(tmp_path, general__authentication_location="disable") as station:
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_unplug(1)
        assert await every(station) == []


async def test_a_charge_that_the_station_s_death_cut_off_is_told_as_ended_by_it(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.remote_start(1, "app-17")
        await station.charging.sim_plug(1, Vehicle())
        await station.wait(600)
        await station.charging.transaction_named(1, 4711)
    async with supervised(tmp_path) as (station, _):
        begun, ended = await told(station)
        (record,) = await station.records()
        assert isinstance(begun, Started)
        assert isinstance(ended, Ended)
        assert (ended.transaction, ended.reason, ended.meter_wh) == (1, "power_loss", record.meter_stop_wh)
        assert record.transaction_id == 4711


async def test_a_charge_is_sampled_after_its_interval_and_at_the_moments_of_the_clock(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        station.charging.follow_supervision(Supervision(sampling=Sampling(interval_s=60, aligned_s=900)))
        await station.wait(30)
        await visit(station, seconds=1000)
        samples = [fact for fact in await told(station) if isinstance(fact, Sampled)]
        periodic = [(fact.time - START).total_seconds() for fact in samples if fact.context == "periodic"]
        assert periodic == [30.0 + 60 * step for step in range(1, 17)]
        assert [(f.time - START).total_seconds() for f in samples if f.context == "clock"] == [900.0]
        first = samples[0]
        assert (first.current, first.voltage) == ((32.0, 32.0, 32.0), (230.0, 230.0, 230.0))
        assert (first.power_w, first.offered, first.meter_wh) == (22_080, 32.0, 368)


async def test_one_long_step_of_time_gives_the_samples_of_many_short_ones(tmp_path: Path) -> None:
    found = []
    for name, steps in (("long", 1), ("short", 97)):
        async with supervised(tmp_path / name) as (station, _):
            station.charging.follow_supervision(Supervision(sampling=Sampling(interval_s=61, aligned_s=300)))
            await station.charging.remote_start(1, "app-17")
            await station.charging.sim_plug(1, Vehicle())
            for _step in range(steps):
                await station.wait(970 / steps)
            found.append([f for f in await told(station) if isinstance(f, Sampled)])
    long, short = found
    assert [(f.context, f.meter_wh) for f in long] == [(f.context, f.meter_wh) for f in short]
    assert len(long) == 15 + 3


async def test_the_clock_that_is_set_moves_what_waits_of_the_open_charge(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.remote_start(1, "app-17")
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_advance(START.replace(year=2027), step=True)
        await station.wait(600)
        await station.charging.sim_unplug(1)
        await station.storage.flush()
        begun, ended = await told(station)
        assert begun.time.year == 2027
        assert (ended.time - begun.time).total_seconds() == 600


async def test_of_too_many_samples_the_oldest_go_and_no_beginning_or_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "SAMPLES_KEPT", 20)
    monkeypatch.setattr(table, "PRUNED_AT_ONCE", 5)
    async with supervised(tmp_path) as (station, _):
        station.charging.follow_supervision(Supervision(sampling=Sampling(interval_s=60)))
        for _visit in range(3):
            await visit(station)
        facts = await told(station)
        assert [type(fact) for fact in facts if not isinstance(fact, Sampled)] == [Started, Ended] * 3
        samples = [fact for fact in facts if isinstance(fact, Sampled)]
        assert 20 <= len(samples) < 25
        assert samples[-1].transaction == 3


async def test_what_cannot_be_stored_on_a_full_disk_follows_in_its_order(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await visit(station)
        await station.storage.write(lambda link: link.execute("PRAGMA max_page_count = 1").fetchone())
        station.charging.follow_supervision(Supervision(sampling=Sampling(interval_s=10)))
        for _visit in range(4):
            await visit(station)
        assert station.storage.is_full
        await station.storage.write(lambda link: link.execute("PRAGMA max_page_count = 1000000").fetchone())
        await station.storage.flush()
        await visit(station)
        kinds = [(fact.transaction, type(fact)) for fact in await told(station)]
        seen = [each for each in kinds if each[1] is not Sampled]
        assert seen == [(number, kind) for number in range(1, 7) for kind in (Started, Ended)]
        assert len(kinds) == 12 + 5 * 60
        assert [number for number, _kind in kinds] == sorted(number for number, _kind in kinds)


async def test_a_badge_that_was_refused_later_ends_its_charge(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        await station.charging.remote_start(1, "AABBCC")
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.verdict(1, "AABBCC", Verdict(status="blocked"))
        ended = (await told(station))[-1]
        assert isinstance(ended, Ended)
        assert ended.reason == "no_longer_authorised"
        assert station.charging.charge_points()[0].cpw_state == "Stop_Charging"


async def test_a_refused_badge_may_still_take_what_is_configured_and_then_pauses_or_ends(
    tmp_path: Path,
) -> None:
    for stop in (True, False):
        async with supervised(tmp_path / str(stop)) as (station, _):
            station.charging.follow_supervision(Supervision(stop_on_invalid=stop, energy_on_invalid_wh=1000))
            await station.charging.remote_start(1, "AABBCC")
            await station.charging.sim_plug(1, Vehicle())
            await station.wait(3600)
            before = station.charging.charge_points()[0].energy_wh
            await station.charging.verdict(1, "AABBCC", Verdict(status="invalid"))
            await station.wait(3600)
            (point, _other) = station.charging.charge_points()
            assert abs(point.energy_wh - before - 1000) <= 1
            assert point.offered_current == 0
            assert (point.session is None) is stop
            await station.charging.sim_unplug(1)
            (record,) = await station.records()
            assert record.stop_reason == ("no_longer_authorised" if stop else "vehicle_unplugged")


async def test_a_badge_that_is_accepted_after_all_goes_on(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, _):
        station.charging.follow_supervision(Supervision(stop_on_invalid=False))
        await station.charging.remote_start(1, "AABBCC")
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.verdict(1, "AABBCC", Verdict(status="invalid"))
        assert station.charging.charge_points()[0].offered_current == 0
        await station.charging.verdict(1, "AABBCC", Verdict(status="accepted", parent="FLEET"))
        assert station.charging.charge_points()[0].offered_current == 32
