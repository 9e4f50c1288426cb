"""Badges that the supervision is asked about: never waited for, decided here when nobody answers."""

from datetime import timedelta
from pathlib import Path

from core.badges.verdict import ACCEPTED, Verdict
from core.values.simulation import Vehicle
from tests.core.charging_house import START, House
from tests.core.serving.supervision import answers, supervised

ANNA, BERT, CARL = "AABBCC", "DDEEFF", "112233"


def uids(station: House) -> list[str | None]:
    return [point.session.uid if point.session else None for point in station.charging.charge_points()]


async def test_a_badge_that_the_supervision_accepts_charges_and_is_heard_then(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.present_badge(ANNA) is None
        assert uids(station) == [None, None]
        await answers()
        assert central.asked == [(ANNA, None)]
        assert central.heard == ["accepted"]
        assert uids(station) == [ANNA, None]


async def test_a_badge_that_waits_for_its_answer_holds_up_no_other_and_no_tick(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.sim_plug(2, Vehicle())
        central.silent = {ANNA}
        await station.charging.present_badge(ANNA, 1)
        await station.charging.present_badge(ANNA, 1)
        await station.charging.present_badge(BERT, 2)
        await central.hears(1)
        await station.wait(5)
        assert uids(station) == [None, BERT]
        assert central.asked == [(ANNA, 1), (BERT, 2)]


async def test_a_question_without_answer_is_decided_by_the_strategy_for_a_lost_link(tmp_path: Path) -> None:
    async with supervised(tmp_path, supervision__message_timeout="30") as (station, central):
        central.silent = {ANNA}
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.present_badge(ANNA, 1)
        await station.wait(29)
        assert uids(station) == [None, None]
        await station.wait(2)
        assert uids(station) == [ANNA, None]
        assert central.heard == ["accepted"]


async def test_what_the_supervision_has_refused_does_not_charge_and_is_logged(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        await station.charging.sim_plug(1, Vehicle())
        for status in ("blocked", "expired", "invalid", "concurrent_tx"):
            central.verdicts[ANNA] = Verdict(status=status)
            await station.charging.present_badge(ANNA, 1)
            await answers()
        assert uids(station) == [None, None]
        assert central.heard == ["refused"] * 4
        assert station.charging.charge_points()[0].last_error == "KO_BadgeUnknown"
        refused = [note.new for note in station.notes if note.action == "badge_refused"]
        assert refused == ["blocked", "expired", "invalid", "concurrent_tx"]


async def test_while_the_link_is_lost_only_what_was_accepted_charges_where_all_others_are_rejected(
    tmp_path: Path,
) -> None:
    async with supervised(tmp_path, general__offline_strategy="reject_all") as (station, central):
        until = START + timedelta(hours=1)
        central.verdicts[ANNA] = Verdict(status="accepted", until=until)
        await station.charging.present_badge(ANNA, 1)
        await answers()
        central.linked = False
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.present_badge(BERT, 2) == "refused"
        assert uids(station) == [ANNA, None]
        await station.charging.sim_unplug(1)
        await station.wait(3600)
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.present_badge(ANNA, 1) == "refused"


async def test_a_badge_that_was_refused_does_not_charge_in_an_open_station_without_link(
    tmp_path: Path,
) -> None:
    async with supervised(tmp_path) as (station, central):
        central.verdicts[ANNA] = Verdict(status="blocked")
        await station.charging.present_badge(ANNA, 1)
        await answers()
        central.linked = False
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.present_badge(ANNA, 1) == "refused"
        assert await station.charging.present_badge(BERT, 1) == "accepted"
        await station.charging.forget_badges()
        await station.charging.sim_plug(2, Vehicle())
        assert await station.charging.present_badge(ANNA, 2) == "accepted"


async def test_local_first_does_not_ask_about_what_is_remembered_or_listed(tmp_path: Path) -> None:
    async with supervised(tmp_path, supervision__authorisation_order="local_first") as (station, central):
        central.list[CARL] = ACCEPTED
        central.list[BERT] = Verdict(status="blocked")
        await station.charging.sim_plug(1, Vehicle())
        assert await station.charging.present_badge(CARL, 1) == "accepted"
        assert central.asked == []
        await station.charging.present_badge(BERT, 2)
        await answers()
        assert central.asked == [(BERT, 2)]


async def test_a_badge_of_the_same_group_ends_a_charge_and_another_one_does_not(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        for uid, parent in ((ANNA, "FLEET"), (BERT, "fleet"), (CARL, "")):
            central.verdicts[uid] = Verdict(status="accepted", parent=parent)
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.present_badge(ANNA, 1)
        await answers()
        await station.charging.present_badge(CARL, 1)
        await answers()
        assert uids(station) == [ANNA, None]
        assert station.charging.charge_points()[0].last_error == "KO_BadgeIsNotTheCurrentUser"
        await station.charging.present_badge(BERT, 1)
        await answers()
        (record,) = await station.records()
        assert record.stop_reason == "badge"


async def test_its_own_badge_ends_a_charge_without_asking(tmp_path: Path) -> None:
    async with supervised(tmp_path) as (station, central):
        await station.charging.sim_plug(1, Vehicle())
        await station.charging.present_badge(ANNA, 1)
        await answers()
        central.linked = False
        assert await station.charging.present_badge(ANNA, 1) == "accepted"
        assert uids(station) == [None, None]
        assert central.asked == [(ANNA, 1)]
