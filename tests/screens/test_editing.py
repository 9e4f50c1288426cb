"""Editing settings: unsaved edits, saving, refusals, conflicts."""

from __future__ import annotations

from pathlib import Path

from screens.form import FormPage
from tests.screens.sitting import Sitting, sitting
from tests.stations import log_in, running_station


async def value(seat: Sitting, key: str) -> object:
    """What the station has saved."""
    return next(view.value for view in await seat.app.visit.station.settings() if view.key == key)


async def type_derated_current(seat: Sitting, amperes: str) -> None:
    """On the sub-tab Socket-outlets, type into the first field."""
    seat.app.open_page("energy", "sockets", key="socket.1.derated_current")
    await seat.settle()
    await seat.press("ctrl+u")
    await seat.type(amperes)


async def test_an_edit_is_marked_at_the_field_the_sub_tab_and_the_tab_and_not_applied(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        assert "[2 Energy*]" in seat.text
        assert "[Socket-outlets*]" in seat.text
        assert "* Derated charging current" in seat.text
        assert "was: 32 A" in seat.text
        assert "1 UNSAVED CHANGE" in seat.text
        assert await value(seat, "socket.1.derated_current") == 32


async def test_typing_the_saved_value_again_takes_the_edit_back(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        await type_derated_current(seat, "32")
        assert "UNSAVED" not in seat.text
        assert "[2 Energy]" in seat.text


async def test_saving_applies_the_edit(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        await seat.press("ctrl+o")
        assert "1 change saved." in seat.text
        assert "UNSAVED" not in seat.text
        assert await value(seat, "socket.1.derated_current") == 20


async def test_edits_stay_while_one_walks_between_sub_tabs(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        seat.app.open_page("maintenance", "status")
        await seat.settle()
        assert "2 Energy*" in seat.text
        assert "1 UNSAVED CHANGE" in seat.text
        seat.app.open_page("energy", "sockets")
        await seat.settle()
        assert "was: 32 A" in seat.text


async def test_a_refused_value_says_why_at_its_field_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "99")
        assert "! Outside the range 0..32 A." in seat.text
        assert "[99" in seat.line_with("Derated")
        await seat.press("ctrl+o")
        assert "Not saved" in seat.text
        assert "[99" in seat.line_with("Derated")
        assert await value(seat, "socket.1.derated_current") == 32


async def test_what_only_the_station_knows_is_said_at_the_field_before_saving(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("configuration", "network", key="network.subnet_mask")
        await seat.settle()
        await seat.press("ctrl+u")
        await seat.type("255.0.255.0")
        page = seat.app.frame.page
        assert isinstance(page, FormPage)
        page.check()
        await seat.settle()
        assert "! " in seat.text
        assert "1 refused" in seat.text


async def test_discarding_is_confirmed_and_brings_the_saved_values_back(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        await seat.press("f9")
        assert "Discard?" in seat.text
        await seat.press("enter")
        assert "1 UNSAVED CHANGE" in seat.text
        await seat.press("f9", "y")
        assert "UNSAVED" not in seat.text
        assert "[32" in seat.line_with("Derated")


async def test_review_shows_old_and_new_and_saves_from_there(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        await seat.app.run_action("review")
        await seat.settle()
        assert "32 A                 -> 20 A" in seat.text
        await seat.press("tab", "enter")
        assert await value(seat, "socket.1.derated_current") == 20


async def test_somebody_elses_change_under_an_edit_is_shown_with_both_values(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        other = await log_in(core, "admin")
        await other.change_settings({"socket.1.derated_current": 10})
        await seat.settle()
        await seat.press("ctrl+o")
        assert "Changed by somebody else" in seat.text
        assert "10 A                  20 A" in seat.text
        await seat.press("escape")
        assert await value(seat, "socket.1.derated_current") == 10
        await seat.press("ctrl+o", "tab", "tab", "enter")
        assert await value(seat, "socket.1.derated_current") == 20


async def test_taking_theirs_gives_up_the_edit(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        other = await log_in(core, "admin")
        await other.change_settings({"socket.1.derated_current": 10})
        await seat.settle()
        await seat.press("ctrl+o", "tab", "enter")
        assert "UNSAVED" not in seat.text
        assert "[10" in seat.line_with("Derated")


async def test_choosing_a_protocol_shows_its_fields_before_it_is_saved(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("records", "publication", key="publication.protocol")
        await seat.settle()
        assert " SMTP" in seat.text
        await seat.press("space")
        assert " FTP" in seat.text
        assert "Passive mode" in seat.text
        assert "Sender" not in seat.text


async def test_the_user_account_reads_what_it_may_not_change(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core, "user") as seat:
        assert "Station type              Standalone" in seat.text
        await seat.press("space")
        assert "UNSAVED" not in seat.text


async def test_logging_out_with_unsaved_edits_says_so(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "20")
        await seat.press("escape", "escape")
        assert "1 unsaved change" in seat.text


async def test_what_a_change_brings_along_is_said_at_the_form_and_in_the_review(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        await type_derated_current(seat, "5")
        page = seat.app.frame.page
        assert isinstance(page, FormPage)
        page.check()
        await seat.settle()
        note = seat.app.visit.edits.notes[0]
        assert note[:40] in seat.text
        assert "refused" not in seat.text
        await seat.app.run_action("review")
        await seat.settle()
        assert note[:40] in seat.text
        await seat.press("escape", "ctrl+o")
        assert note[:30] in seat.line_with("1 change saved.")
        await type_derated_current(seat, "32")
        page.check()
        await seat.settle()
        assert note[:40] not in seat.text


async def test_a_refused_save_names_the_charge_point_and_the_review_leads_to_the_field(
    tmp_path: Path,
) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("energy", "sockets", key="socket.2.derated_current")
        await seat.settle()
        await seat.press("ctrl+u")
        await seat.type("99")
        await seat.press("escape", "1", "ctrl+o")
        assert "Not saved: Socket-outlet 2: Derated charging current" in seat.text
        await seat.app.run_action("review")
        await seat.settle()
        assert "[>Go to the refused field<]" in seat.text
        await seat.press("enter")
        assert "[Socket-outlets*]" in seat.text
        row = seat.app.frame.page.focused_row() if isinstance(seat.app.frame.page, FormPage) else None
        assert row is not None
        assert row.view.key == "socket.2.derated_current"


async def test_a_toggle_shows_the_words_that_the_setting_has_for_it(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("energy", "advanced")
        await seat.settle()
        assert "[x] Enable" in seat.line_with("Load balancing")
        await seat.press("space")
        assert "[ ] Disable" in seat.line_with("Load balancing")
        assert "was: [x] Enable" in seat.line_with("Load balancing")
        assert seat.line_with("Controlled by external").rstrip().endswith("[ ]")


async def test_a_value_in_words_of_its_own_is_shown_by_them(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core, sitting(core) as seat:
        seat.app.open_page("energy", "sockets")
        await seat.settle()
        assert "A (T2), 10 A (TE)" in seat.line_with("Rated charging current")
