"""What each command answers, for a person and as JSON."""

from __future__ import annotations

import pytest

from core.api import Station
from tests.console.commands.conftest import People
from tests.console.commands.recorded import ask

STATUS_KEYS = {
    "point", "ev_state", "cable_state", "evse_status", "outlet_status", "last_error", "last_charge_status",
    "offered_current", "limits", "phases", "current", "voltage", "power_w", "energy_wh", "session", "inputs",
}  # fmt: skip
SETTING_KEYS = {
    "key", "tab", "sub_tab", "label", "help", "admin", "user", "kind", "unit", "factory", "value",
    "takes_effect",
}  # fmt: skip
RECORD_KEYS = {
    "number", "station", "socket", "transaction_id", "uid", "charge_type", "start", "end", "energy_kwh",
    "socket_type", "duration_s", "comment", "stop_reason", "meter_start_wh", "meter_stop_wh",
}  # fmt: skip


async def charge(people: People) -> None:
    """Let a car take half a kilowatt-hour at point 1 and leave."""
    assert (
        await ask(people.machine, "settings", "set", "general.authentication_location=disable", local=True)
    ).code == 0
    plugged = await ask(people.machine, "sim", "plug", "1", "--energy", "0.5", "--json", local=True)
    assert plugged.code == 0, plugged.messages
    await people.machine.sim_advance((await people.machine.status()).station.time.replace(hour=13))
    unplugged = await ask(people.machine, "sim", "unplug", "1", local=True)
    assert unplugged.code == 0, unplugged.messages


async def test_status_as_json_keeps_its_promised_keys(people: People) -> None:
    told = (await ask(people.user, "status", "--json")).json
    assert told["schema"] == "evtty/status/1"
    assert {"name", "state", "light", "version", "restart_needed"} <= told["station"].keys()
    assert [point["point"] for point in told["charge_points"]] == [1, 2]
    assert all(point.keys() >= STATUS_KEYS for point in told["charge_points"])
    assert told["charge_points"][0]["limits"][0].keys() == {"source", "current"}


async def test_status_for_a_person_names_what_limits_each_point(people: People) -> None:
    told = (await ask(people.user, "status")).text
    assert "Charge point 2" in told
    assert "rated 32 A" in told


async def test_watching_the_status_ends_when_nobody_reads_any_more(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.commands.status.PAUSE_S", 0)
    monkeypatch.setattr("console.commands.status.REFRESH_S", 0.01)
    watched = await ask(people.user, "status", "--watch", "--json", most=1)
    assert watched.code == 0
    assert watched.json["schema"] == "evtty/status/1"


async def test_settings_as_json_keep_their_promised_keys(people: People) -> None:
    told = (await ask(people.admin, "settings", "list", "--json")).json["settings"]
    by_key = {setting["key"]: setting for setting in told}
    assert all(setting.keys() >= SETTING_KEYS for setting in told)
    assert by_key["socket.1.derated_current"]["maximum"] == 32
    assert "choices" not in by_key["socket.1.derated_current"]
    assert "reject_unknown" in by_key["general.authentication_strategy"]["choices"]
    secret = by_key["publication.smtp.password"]
    assert (secret["value"], secret["set"]) == (None, False)


async def test_a_change_says_what_it_changed(people: People) -> None:
    changed = await ask(people.admin, "settings", "set", "socket.1.derated_current=16", "--json")
    assert (changed.code, changed.json["changed"]) == (0, True)
    assert changed.json["changes"][0]["old"] == 32
    assert (await ask(people.admin, "settings", "get", "socket.1.derated_current")).text == "16\n"


async def test_a_dry_run_changes_nothing(people: People) -> None:
    tried = await ask(people.admin, "settings", "set", "socket.1.derated_current=16", "--dry-run")
    assert tried.code == 0
    assert "32 -> 16" in tried.text
    assert (await ask(people.admin, "settings", "get", "socket.1.derated_current")).text == "32\n"


async def test_a_dry_run_of_a_wrong_value_fails_as_the_change_would(people: People) -> None:
    tried = await ask(people.admin, "settings", "set", "socket.1.derated_current=99", "--dry-run", "--json")
    assert (tried.code, tried.json["ok"], tried.json["error"]["code"]) == (3, False, "invalid")


async def test_one_wrong_value_keeps_the_others_from_being_saved(people: People) -> None:
    words = ("settings", "set", "socket.1.derated_current=16", "socket.2.derated_current=99")
    refused = await ask(people.admin, *words)
    assert refused.code == 3
    assert any(line.startswith("socket.2.derated_current: ") for line in refused.messages)
    assert (await ask(people.admin, "settings", "get", "socket.1.derated_current")).text == "32\n"


async def test_a_key_that_is_given_twice_is_refused(people: People) -> None:
    refused = await ask(people.admin, "settings", "set", "general.push_button=yes", "general.push_button=no")
    assert refused.code == 3


async def test_a_setting_that_is_not_there_is_not_found(people: People) -> None:
    for words in (("get", "no.such"), ("set", "no.such=1")):
        assert (await ask(people.admin, "settings", *words)).code == 6


async def test_the_user_account_may_not_set_what_it_may_only_read(people: People) -> None:
    refused = await ask(people.user, "settings", "set", "socket.1.rated_current=16")
    assert refused.code == 4


async def test_what_needs_a_restart_says_so(people: People) -> None:
    told = await ask(people.admin, "settings", "set", "network.mac_address=02:00:5E:10:00:01")
    assert told.code == 0
    assert "restart" in told.text


async def test_records_are_listed_and_exported(people: People) -> None:
    await charge(people)
    listed = (await ask(people.user, "cdr", "list", "--json")).json
    assert listed["schema"] == "evtty/cdr/1"
    assert listed["records"][0].keys() >= RECORD_KEYS
    assert listed["records"][0]["energy_kwh"] == pytest.approx(0.5, abs=0.01)
    lines = (await ask(people.user, "cdr", "export")).text.split("\r\n")
    assert lines[0].startswith("Charge number;Charging station;Socket ID")
    assert len(lines) == 1 + 1 + 1
    assert (await ask(people.user, "cdr", "list")).text.count("\n") == 2


async def test_records_are_exported_by_the_day_that_they_began(people: People) -> None:
    await charge(people)
    day = ("--from", "2026-03-02", "--to", "2026-03-02")
    assert (await ask(people.user, "cdr", "export", *day)).text.count("\r\n") == 2
    assert (await ask(people.user, "cdr", "export", "--from", "2026-03-03")).text.count("\r\n") == 1
    assert (await ask(people.user, "cdr", "export", "--to", "2026-03-01")).text.count("\r\n") == 1
    assert len((await ask(people.user, "cdr", "export", "--all", "--json")).json["records"]) == 1


async def test_records_are_filtered_sorted_and_added_up(people: People) -> None:
    await charge(people)
    await charge(people)
    listed = (await ask(people.user, "cdr", "list", "--json", "--sort", "energy", "--ascending")).json
    assert [each["number"] for each in listed["records"]] in ([1, 2], [2, 1])
    assert (listed["found"], listed["totals"]["count"]) == (2, 2)
    assert listed["totals"]["energy_kwh"] == pytest.approx(0.5, abs=0.01)
    assert listed["records"][0]["phases"] in (1, 3)
    nobody = await ask(people.user, "cdr", "list", "--badge", "FFFF", "--point", "2", "--find", "x")
    assert nobody.messages == ["Found: 0 records: 0.000 kWh in 00:00:00"]
    first = await ask(people.user, "cdr", "list", "--last", "1")
    assert first.messages[0].startswith("Shown: 1 record: 0.")
    assert first.messages[1].startswith("Found: 2 records: ")
    older = (await ask(people.user, "cdr", "list", "--last", "1", "--after", "2", "--json")).json
    assert [each["number"] for each in older["records"]] == [1]


async def test_one_record_is_shown_with_everything(people: People) -> None:
    await charge(people)
    told = (await ask(people.user, "cdr", "show", "1")).text
    assert "Greatest power" in told
    assert "2026-03-02 12:00:00 +0000" in told
    assert (await ask(people.user, "cdr", "show", "1", "--json")).json["record"].keys() >= RECORD_KEYS
    assert (await ask(people.user, "cdr", "show", "2")).code == 6


async def test_energy_is_shown_day_by_day(people: People) -> None:
    await charge(people)
    period = ("--from", "2026-03-01", "--to", "2026-03-03")
    days = (await ask(people.user, "cdr", "days", *period, "--json")).json["days"]
    assert [(each["day"], each["count"]) for each in days] == [
        ("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-03", 0),
    ]  # fmt: skip
    assert (await ask(people.user, "cdr", "days")).text.count("\n") == 31
    refused = await ask(people.user, "cdr", "days", "--from", "2020-01-01")
    assert (refused.code, "366 days" in refused.messages[0]) == (3, True)


async def test_a_period_that_ends_before_it_begins_is_a_usage_error(people: People) -> None:
    for words in (("export",), ("list",), ("days",)):
        refused = await ask(people.user, "cdr", *words, "--from", "2026-03-03", "--to", "2026-03-02")
        assert refused.code == 2


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "22.11.2026", "2026-11-22T25:00"])
async def test_a_day_that_no_station_knows_is_a_usage_error(people: People, day: str) -> None:
    for option in ("--from", "--to"):
        refused = await ask(people.user, "cdr", "export", option, day)
        assert (refused.code, refused.text) == (2, "")
        assert "2026-11-22" in refused.messages[0]


async def test_our_own_columns_and_progress_come_only_when_asked_for(people: People) -> None:
    await charge(people)
    more = await ask(people.user, "cdr", "export", "--more-columns", "--progress")
    assert more.text.split("\r\n")[0].endswith(
        ";Comment;Stopped by;Meter start (Wh);Meter stop (Wh);Mean power (W);Maximum power (W);Phases"
    )
    assert more.messages == ["1 of 1 records"]
    assert (await ask(people.user, "cdr", "export")).messages == []


async def test_a_long_export_is_one_file_in_csv_and_json(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await charge(people)
    whole = (await ask(people.user, "cdr", "export")).text
    listed = (await ask(people.user, "cdr", "list", "--json")).json["records"]
    monkeypatch.setattr("core.cdrs.exporting.PART_ROWS", 1)
    monkeypatch.setattr("console.commands.cdr_export.PAGE", 1)
    assert (await ask(people.user, "cdr", "export", "--all")).text == whole
    assert (await ask(people.user, "cdr", "export", "--json")).json["records"] == listed
    assert (await ask(people.user, "cdr", "export", "--last", "2")).text.count("\r\n") == 3
    assert len((await ask(people.user, "cdr", "export", "--json", "--last", "2")).json["records"]) == 2
    assert (await ask(people.user, "cdr", "export", "--json", "--badge", "F")).json["records"] == []


async def test_the_own_password_takes_the_old_one_and_the_new_one(people: People) -> None:
    changed = await ask(people.user, "password", typed=["Open-Window-3", "Open-Window-4"])
    assert (changed.code, changed.text) == (0, "The password of user was changed.\n")
    refused = await ask(people.user, "password", typed=["Open-Window-3", "Open-Window-5"])
    assert refused.code in (3, 4)
    assert "Open-Window" not in " ".join(refused.messages)


async def test_the_machine_sets_a_lost_password_without_the_old_one(people: People) -> None:
    assert (await ask(people.machine, "password", "user", typed=["Open-Window-9"], local=True)).code == 0


async def test_a_password_that_is_not_typed_is_a_usage_error(people: People) -> None:
    assert (await ask(people.user, "password", typed=["Open-Window-3"])).code == 2


async def test_a_factory_password_only_serves_to_set_a_new_one(factory_admin: Station) -> None:
    for words in (("status",), ("settings", "list"), ("cdr", "list"), ("restart",)):
        refused = await ask(factory_admin, *words)
        assert refused.code == 4
        assert "new password" in refused.messages[0]
    assert (await ask(factory_admin, "password", typed=["ADMIN", "Hidden-Door-7"])).code == 0
    assert (await ask(factory_admin, "status")).code == 0


async def test_sessions_are_listed_and_closed(people: People) -> None:
    listed = (await ask(people.admin, "sessions", "list", "--json")).json["sessions"]
    user = next(one["id"] for one in listed if one["account"] == "user")
    assert (await ask(people.admin, "sessions", "close", str(user))).code == 0
    assert (await ask(people.admin, "sessions", "close", "99999")).code == 6
    assert "Account" in (await ask(people.admin, "sessions", "list")).text


async def test_the_log_tells_who_changed_what(people: People) -> None:
    await ask(people.admin, "settings", "set", "socket.1.derated_current=16")
    told = (await ask(people.admin, "log")).text
    assert "setting_changed socket.1.derated_current 32 -> 16" in told
    entries = (await ask(people.admin, "log", "--json", "--last", "1")).json["entries"]
    assert len(entries) == 1


async def test_following_the_log_ends_when_nobody_reads_any_more(people: People) -> None:
    assert (await ask(people.admin, "log", "--follow", "--json", "--last", "2", most=1)).code == 0


async def test_inputs_and_faults_of_the_simulated_board_are_named(people: People) -> None:
    assert (await ask(people.machine, "sim", "input", "1", "input_1", "closed", local=True)).code == 0
    refused = await ask(people.machine, "sim", "input", "1", "no_such", "closed", local=True)
    assert refused.code in (3, 6)
    assert (await ask(people.machine, "sim", "plug", "7", local=True)).code == 6
    assert (await ask(people.machine, "sim", "speed", "2", local=True)).code == 0


async def test_help_lists_every_command_and_explains_one() -> None:
    overview = (await ask(None, "help")).text
    assert "settings set KEY=VALUE... [--dry-run]" in overview
    assert "replay" not in overview
    explained = (await ask(None, "help", "sim", "plug")).text
    assert "--energy" in explained
    assert (await ask(None, "help", "nothing")).code == 2
    assert len((await ask(None, "help", "--json")).json["commands"]) > 10


async def test_a_refused_line_is_json_too_when_json_is_wanted() -> None:
    refused = await ask(None, "bogus", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "usage")


async def test_a_badge_comment_cannot_steer_the_terminal(people: People) -> None:
    refused = await ask(people.admin, "settings", "get", "x\x1b[2J\u202ey")
    assert "\x1b" not in refused.messages[0]
    assert "\u202e" not in refused.messages[0]
