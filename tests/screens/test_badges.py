"""The register of badges on its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from core.api import BadgePage, BadgeQuery, Station
from core.clock import SimulatedClock
from core.station import StationCore
from screens.badge_list import BadgeList
from screens.badges_page import BadgesPage
from screens.learning_bar import LearningBar
from tests.screens.pictures import Picture, picture_of
from tests.screens.sitting import Sitting, sitting
from tests.stations import NOON, log_in, running_station

FLEET = (
    ("E00700001F8AC3FB", "admin", "Site manager"),
    ("E1EB1C03", "user", "Fleet van 3"),
    ("E1EB1C02", "user", ""),
    ("3F420F", "vip", "Workshop"),
)


@asynccontextmanager
async def at_the_badges(
    folder: Path, account: str = "admin", *, many: int = 0, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Sitting, Station, StationCore]]:
    """Somebody at the register of a station that knows the fleet, or so `many` badges."""
    clock = SimulatedClock(start=NOON, speed=0)
    async with running_station("parking-2", folder, clock=clock) as core:
        local = await log_in(core, "local")
        if many:
            rows = "".join(f"{n},{n:08X},User,Car {n}\r\n" for n in range(1, many + 1))
            titles = "Badge number,Identifier,Type,Comment\r\n"
            await local.import_badges((titles + rows).encode(), accept_edited=True)
        else:
            for uid, kind, comment in FLEET:
                await local.add_badge(uid, kind, comment)  # type: ignore[arg-type]
        async with sitting(core, account, size=size) as seat:
            await seat.press("3")
            yield seat, local, core


def page_of(seat: Sitting) -> BadgesPage:
    page = seat.app.frame.page
    assert isinstance(page, BadgesPage)
    return page


async def uids(station: Station) -> list[str]:
    return [badge.uid for badge in (await station.badges()).badges]


@pytest.mark.parametrize("account", ["admin", "user"])
async def test_both_accounts_see_the_register(account: str, tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, account) as (seat, _local, _core):
        assert "4 badges, by number" in seat.text
        assert ">[ ]     1 E00700001F8AC3FB      Admin     Site manager" in seat.text
        assert "The whole list as a file: [ Export ] [ Import ]" in seat.text
        await seat.press("x")
        assert f"ssh {account}@STATION badges export > badges.csv" in seat.text


async def test_finding_by_a_part_of_identifier_or_comment(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, _local, _core):
        await seat.press("s")
        await seat.type("e1:eb")
        await seat.press("enter")
        assert "2 of 4 badges found" in seat.text
        assert "Workshop" not in seat.text
        await seat.press("s", "ctrl+u")
        await seat.type("WORK")
        await seat.press("enter")
        assert "1 of 4 badges found" in seat.text
        assert seat.line_with("3F420F").startswith(">")
        await seat.press("s", "ctrl+u")
        await seat.type("nobody")
        await seat.press("enter")
        assert "No badge is found." in seat.text


async def test_sorting_goes_round(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, _local, _core):
        await seat.press("o")
        assert "by identifier" in seat.text
        assert seat.line_with("3F420F").startswith(">")
        await seat.press("o", "o", "o")
        assert "last used first" in seat.text
        await seat.press("o")
        assert seat.line_with("Site manager").startswith(">")


async def test_marks_stay_where_the_order_changes_and_go_with_another_search(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, _local, _core):
        await seat.press("space", "o")
        assert "1 marked" in seat.text
        assert seat.line_with("Site manager").startswith(" [x]")
        await seat.press("s")
        await seat.type("van")
        await seat.press("enter")
        assert "marked" not in seat.text


async def test_the_type_of_what_is_marked_is_set_after_a_question(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("down", "space", "down", "space")
        assert "2 marked" in seat.text
        await seat.press("t")
        assert "Fleet van 3" in seat.text
        await seat.press("v")
        assert "2 badges have another type now." in seat.text
        assert [badge.type for badge in (await local.badges()).badges] == ["admin", "vip", "vip", "vip"]
        assert "marked" not in seat.text


async def test_without_a_mark_the_badge_of_the_cursor_is_meant(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("down", "r")
        assert "Remove 1 badge?" in seat.text
        await seat.press("enter")
        assert len(await uids(local)) == 4
        await seat.press("r", "y")
        assert await uids(local) == ["E00700001F8AC3FB", "E1EB1C02", "3F420F"]
        assert "1 badge removed." in seat.text


async def test_marking_more_takes_the_page_then_all_that_are_found_then_none(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=300) as (seat, _local, _core):
        await seat.press("m")
        in_view = seat.app.screen.query_one(BadgeList).size.height
        assert f"{in_view} marked" in seat.text
        await seat.press("m")
        assert "300 marked" in seat.text
        await seat.press("m")
        assert " marked" not in seat.text


async def test_single_badges_come_out_of_all_that_are_found(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=300) as (seat, local, _core):
        await seat.press("m", "m", "down", "space", "down", "down", "space", "down", "space", "space")
        assert "298 marked" in seat.text
        assert seat.line_with(" 2 00000002").startswith(" [ ]")
        assert seat.line_with(" 3 00000003").startswith(" [x]")
        await seat.press("r")
        assert "  and 292 more" in seat.text
        await seat.type("REMOVE")
        await seat.press("enter")
        assert await uids(local) == ["00000002", "00000004"]


async def test_all_that_are_found_are_removed_after_a_typed_word(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=300) as (seat, local, _core):
        await seat.press("s")
        await seat.type("car 2")
        await seat.press("enter", "m", "m")
        assert "111 marked" in seat.text
        await seat.press("r")
        await seat.type("yes")
        await seat.press("enter")
        assert "This is not REMOVE. Nothing was done." in seat.text
        assert (await local.badges(BadgeQuery(limit=0))).total == 300
        await seat.press("ctrl+u")
        await seat.type("REMOVE")
        await seat.press("enter")
        assert (await local.badges(BadgeQuery(limit=0))).total == 189


async def test_removing_all_needs_its_word_and_esc_leaves_everything(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        page_of(seat).remove_all()
        await seat.settle()
        assert "All 4 badges of the register are removed." in seat.text
        await seat.press("escape")
        assert len(await uids(local)) == 4
        page_of(seat).remove_all()
        await seat.settle()
        await seat.type("REMOVE ALL")
        await seat.press("enter")
        assert await uids(local) == []
        assert "No badge is registered." in seat.text


async def test_a_selection_that_somebody_else_changed_is_refused(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=100) as (seat, local, _core):
        await seat.press("m", "m", "r")
        await local.add_badge("FFEEDDCC")
        await seat.type("REMOVE")
        await seat.press("enter")
        assert "The register has changed" in seat.text
        assert (await local.badges(BadgeQuery(limit=0))).total == 101


async def test_a_badge_is_edited_in_its_line_and_saved(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("down", "e")
        assert "[Fleet van 3" in seat.line_with("E1EB1C03")
        assert "[ Save ] [ Cancel ]" in seat.text
        assert "[ Learn ]" not in seat.text
        await seat.press("ctrl+u")
        await seat.type("Fleet van 7")
        await seat.press("shift+tab", "space", "enter")
        badge = (await local.badges()).badges[1]
        assert (badge.type, badge.comment) == ("vip", "Fleet van 7")
        assert seat.line_with("E1EB1C03").startswith(">[ ]     2 E1EB1C03              VIP       Fleet van 7")
        assert "[ Learn ]" in seat.text


async def test_cancelling_an_edit_changes_nothing(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("down", "enter", "ctrl+u")
        await seat.type("Nonsense")
        await seat.press("escape")
        assert (await local.badges()).badges[1].comment == "Fleet van 3"
        assert "Nonsense" not in seat.text
        await seat.press("down")
        assert seat.line_with("E1EB1C02").startswith(">")


async def test_what_was_typed_into_a_line_is_there_again_after_a_look_at_another_page(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("o", "down", "down", "e", "ctrl+u")
        await seat.type("Van 7")
        await seat.press("shift+tab", "space", "1")
        assert " 3 Badges*" in seat.text
        await seat.press("escape", "escape")
        assert "The badge that is being edited is not saved." in seat.text
        await seat.press("escape", "3")
        assert "This badge is not saved yet." in seat.text
        assert seat.line_with("[Van 7").startswith(">        3 E1EB1C02              < VIP   >")
        assert "[ Save ] [ Cancel ]" in seat.text
        await seat.press("enter")
        badge = (await local.badges()).badges[2]
        assert (badge.uid, badge.type, badge.comment) == ("E1EB1C02", "vip", "Van 7")
        assert "Badges*" not in seat.text


async def test_a_new_badge_half_typed_is_there_again_too(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=300) as (seat, local, _core):
        await seat.press("end", "a")
        await seat.type("AABB")
        await seat.press("tab", "1", "3")
        assert "[AABB " in seat.line_with(" new ")
        assert seat.line_with(" 300 0000012C") == ""
        await seat.type("CC")
        await seat.press("enter")
        assert (await uids(local))[-1] == "AABBCC"


async def test_a_line_that_was_only_opened_is_closed_with_the_page(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, _local, _core):
        await seat.press("e", "shift+tab", "1")
        assert "Badges*" not in seat.text
        await seat.press("3")
        assert "[ Learn ]" in seat.text


async def test_the_letters_of_the_list_do_nothing_while_a_line_is_edited(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("e", "shift+tab", "r", "l", "t", "m")
        assert "[ Save ] [ Cancel ]" in seat.text
        assert "marked" not in seat.text
        assert len(seat.app.screen_stack) == 1
        assert len(await uids(local)) == 4


async def test_an_edit_under_which_somebody_else_changed_the_badge_is_refused(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("down", "e", "ctrl+u")
        await seat.type("Mine")
        await local.set_badge("E1EB1C03", comment="Theirs")
        await seat.settle()
        await seat.press("enter")
        assert (await local.badges()).badges[1].comment == "Theirs"
        assert "[Mine" in seat.line_with("E1EB1C03")


async def test_a_new_badge_is_typed_and_a_wrong_identifier_keeps_what_was_typed(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("a")
        await seat.type("12")
        await seat.press("enter")
        assert "3 to 10 bytes" in seat.text
        assert "[12 " in seat.line_with(" new ")
        await seat.press("ctrl+u")
        await seat.type("04:a1:b2:c3")
        await seat.press("tab", "tab")
        await seat.type("Van 9")
        await seat.press("enter")
        assert "Badge 04A1B2C3 is saved." in seat.text
        assert "5 badges" in seat.text
        assert (await uids(local))[-1] == "04A1B2C3"


async def test_the_edited_line_stays_in_view_when_a_refusal_takes_room(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=100) as (seat, _local, _core):
        await seat.press("a")
        await seat.type("12")
        await seat.press("enter")
        assert "3 to 10 bytes" in seat.text
        assert "[12 " in seat.line_with(" new ")


async def test_learning_adds_what_is_presented_and_tells_what_is_known(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("l", "a")
        assert "LEARNING: ADD   Present badges to the reader.   Stops in 30 s" in seat.text
        await local.sim_badge("AABBCCDD")
        await seat.settle()
        assert "Added 1, already known 0, last AABBCCDD added" in seat.text
        assert seat.line_with(" 5 AABBCCDD").rstrip().endswith("new")
        await local.sim_badge("3F420F")
        await seat.settle()
        assert "last 3F420F known already (Workshop)" in seat.text
        assert seat.line_with("Workshop  ").rstrip().endswith("known")
        await seat.press("l")
        assert "Learning was stopped. Added 1, already known 1." in seat.text
        assert "LEARNING" not in seat.text


async def test_the_newest_badge_comes_into_view(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=250) as (seat, local, _core):
        await seat.press("l", "a")
        await local.sim_badge("AABBCCDD")
        await seat.settle()
        assert seat.line_with("AABBCCDD  ").startswith(">")


async def test_the_seconds_count_down_and_the_end_is_told(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        now = 100.0
        bar = seat.app.screen.query_one(LearningBar)
        seat.app.elapsed = lambda: now
        await seat.press("l", "a")
        now += 7
        bar.second_passed()
        await seat.settle()
        assert "Stops in 23 s" in seat.text
        await local.sim_advance(NOON.replace(minute=1))
        now += 23
        bar.second_passed()
        await seat.settle()
        assert "Learning has ended: no badge came for a while." in seat.text


async def test_learning_deletes_what_is_presented(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("l", "d")
        assert "LEARNING: DELETE" in seat.text
        await local.sim_badge("3F420F")
        await seat.settle()
        assert "Removed 1, not in the register 0, last 3F420F removed" in seat.text
        assert "3 badges" in seat.text


async def test_the_second_technician_sees_who_learns_and_cannot_learn_too(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, _local, core), sitting(core, "user") as other:
        await seat.press("l", "a")
        await other.press("3")
        assert "LEARNING: ADD   by admin, serial ::1.   Stops in 30 s" in other.text
        assert "[ Stop ]" not in other.text
        assert "[ Stop ]" in seat.text
        await other.press("l", "a")
        assert "admin (serial ::1) learns badges now" in other.text


async def test_somebody_elses_change_is_shown_at_once(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await local.set_badge("3F420F", comment="Gate")
        await seat.settle()
        assert "Gate" in seat.line_with("3F420F")


class CountedStation:
    """Counts the badges that a screen asks for."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.asked: list[BadgeQuery] = []

    async def badges(self, query: BadgeQuery) -> BadgePage:
        self.asked.append(query)
        return await self.station.badges(query)

    def __getattr__(self, name: str) -> object:
        return getattr(self.station, name)


async def test_of_ten_thousand_badges_only_those_near_the_view_are_asked_for(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path, many=10_000) as (seat, _local, _core):
        counted = CountedStation(seat.app.visit.station)
        seat.app.visit.station = counted  # type: ignore[assignment]
        await seat.press("1", "3")
        assert [query.offset for query in counted.asked] == [0]
        assert "10000 badges" in seat.text
        await seat.press("end")
        assert [query.offset for query in counted.asked] == [0, 9900]
        assert seat.line_with("10000 00002710").startswith(">")
        await seat.press("m", "m")
        assert "10000 marked" in seat.text
        await seat.press("home", "pagedown", "pagedown")
        assert [query.offset for query in counted.asked] == [0, 9900]


async def test_how_the_register_looks(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    picture = snapshot.use_extension(Picture)
    async with at_the_badges(tmp_path) as (seat, local, _core):
        await seat.press("down", "space", "down", "space")
        assert picture_of(seat.app) == picture(name="marked")
        await seat.press("t")
        assert picture_of(seat.app) == picture(name="set-type")
        await seat.press("escape", "r")
        assert picture_of(seat.app) == picture(name="remove")
        await seat.press("escape", "e")
        assert picture_of(seat.app) == picture(name="edit")
        await seat.press("escape", "a")
        assert picture_of(seat.app) == picture(name="add")
        await seat.press("escape", "l")
        assert picture_of(seat.app) == picture(name="learn")
        await seat.press("escape")
        seat.app.elapsed = lambda: 100.0
        await seat.press("l", "a")
        await local.sim_badge("AABBCCDD")
        await local.sim_badge("3F420F")
        await seat.settle()
        assert picture_of(seat.app) == picture(name="learning")
        page_of(seat).remove_all()
        await seat.settle()
        assert picture_of(seat.app) == picture(name="remove-all")


async def test_an_answer_for_a_list_that_was_left_is_dropped(tmp_path: Path) -> None:
    async with at_the_badges(tmp_path) as (seat, _local, _core):
        page = seat.app.frame.page
        assert isinstance(page, BadgesPage)
        await seat.app.frame.open("records")
        await page._read([0])
        assert page.total == 4
