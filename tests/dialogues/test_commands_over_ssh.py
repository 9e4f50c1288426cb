"""The commands as a script uses them: the real OpenSSH client, exit codes, JSON, files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.dialogues.client import Answer, Client
from tests.dialogues.running import RunningStation
from tests.peers.cable import unused_port

pytestmark = pytest.mark.peer("ssh")

HEAD = (
    "Charge number",
    "Charging station",
    "Socket ID",
    "Transaction ID",
    "UID",
    "Type of charge",
    "Start time",
    "End time",
    "Energy (kWh)",
    "Socket Type",
    "Duration",
    "Comment",
)
UID = "E1EB1C02"


def charge(admin: Client, point: int) -> int:
    """Let a car charge at the point until its meter has counted a kWh; give the record's number."""
    assert admin.run("sim", "speed", "3600").code == 0
    assert admin.run("sim", "plug", str(point), "--phases", "1", "--demand", "16").code == 0
    assert admin.run("sim", "badge", UID, "--point", str(point)).code == 0
    with admin.start("status", "--watch", "--json") as watching:
        assert watching.stdout is not None
        for line in watching.stdout:
            shown = json.loads(line)["charge_points"][point - 1]
            if shown["session"] and shown["session"]["energy_wh"] > 1000:
                break
        watching.terminate()
    unplugged = admin.run("sim", "unplug", str(point), "--json").json
    assert admin.run("sim", "speed", "1").code == 0
    return int(unplugged["record"]["number"])


@pytest.fixture(scope="module")
def record(admin: Client) -> int:
    """The number of a charge that is over."""
    return charge(admin, 1)


# ---------------------------------------------------------------- exit codes

CODES = [
    (0, "admin", "status", ""),
    (2, "admin", "nonsense", "There is no command 'nonsense'"),
    (2, "admin", "settings", "'settings' needs one of"),
    (2, "admin", "settings set socket.1.derated_current", "KEY=VALUE is expected"),
    (2, "admin", "status 'unfinished", "no closing quotation"),
    (3, "admin", "settings set socket.1.derated_current=33", "0 to 32 A, got 33"),
    (3, "admin", "settings set general.station_location=roof", "Station location"),
    (4, "user", "settings set general.station_location=outdoor", "general.station_location"),
    (4, "user", "sim plug 1", "may not"),
    (4, "user", "sessions close 1", "may not"),
    (6, "admin", "settings get energy.nothing", "no setting energy.nothing"),
    (6, "admin", "sim unplug 3", "no charge point 3"),
    (6, "admin", "sessions close 9999", "no session 9999"),
]


@pytest.mark.parametrize(("code", "account", "line", "says"), CODES, ids=[f"{c[0]}-{c[2]}" for c in CODES])
def test_every_exit_code_says_what_happened(
    admin: Client, user: Client, code: int, account: str, line: str, says: str
) -> None:
    answer = (admin if account == "admin" else user).run(line)
    assert answer.code == code
    assert says in answer.errors
    assert bool(answer.output) == (code == 0)


def test_somebody_else_s_cable_is_busy(admin: Client) -> None:
    admin.run("sim", "unplug", "2")
    assert admin.run("sim", "plug", "2").code == 0
    assert admin.run("sim", "plug", "2").code == 5
    refused = admin.run("sim", "plug", "2", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (5, "busy")
    assert admin.run("sim", "unplug", "2").code == 0


def test_a_station_that_does_not_run_is_to_be_tried_later(station: RunningStation) -> None:
    elsewhere = station.program("status", "--data", str(station.folder / "nothing"))
    assert elsewhere.returncode == 75
    assert elsewhere.stdout == ""
    assert "does not" in elsewhere.stderr or "not be reached" in elsewhere.stderr


REFUSALS = [
    ("admin", "nonsense --json", 2, "usage", None),
    ("admin", "settings set socket.1.derated_current=33 --json", 3, "invalid", "socket.1.derated_current"),
    ("user", "settings set socket.1.derated_current=10 --json", 4, "not_allowed", "socket.1.derated_current"),
    ("user", "sim plug 1 --json", 4, "not_allowed", None),
    ("admin", "settings get energy.nothing --json", 6, "not_found", "energy.nothing"),
]


@pytest.mark.parametrize(("account", "line", "code", "word", "key"), REFUSALS)
def test_a_refusal_in_json_has_its_code_message_and_key(
    admin: Client, user: Client, account: str, line: str, code: int, word: str, key: str | None
) -> None:
    answer = (admin if account == "admin" else user).run(line)
    assert answer.code == code
    assert answer.errors == ""
    assert answer.json["ok"] is False
    error = answer.json["error"]
    assert (error["code"], error["key"]) == (word, key)
    assert error["message"]


def test_several_settings_are_set_all_or_none(admin: Client) -> None:
    both = ("socket.2.derated_current=10", "meter.phase_neutral_voltage=999")
    assert admin.run("settings", "set", *both).code == 3
    assert admin.run("settings", "get", "socket.2.derated_current").output == b"32\n"
    dry = admin.run("settings", "set", both[0], "--dry-run", "--json").json
    assert (dry["changed"], dry["changes"][0]["new"]) == (False, 10)
    assert admin.run("settings", "get", "socket.2.derated_current").output == b"32\n"


def test_a_change_that_needs_a_restart_says_so(admin: Client) -> None:
    changed = admin.run("settings", "set", "network.mac_address=02:00:5E:10:00:01")
    assert changed.code == 0
    assert b"restart" in changed.output
    assert admin.run("status", "--json").json["station"]["restart_needed"] is True
    assert b"network.mac_address" in admin.run("status").output


# ---------------------------------------------------------------- schemas


def fields(answer: Answer, schema: str, *names: str) -> dict[str, object]:
    assert answer.code == 0, answer.errors
    assert answer.errors == ""
    document = answer.json
    assert document["schema"] == f"evtty/{schema}/1"
    assert set(names) <= set(document)
    return document


def test_status_in_json_has_every_promised_field(admin: Client) -> None:
    admin.run("sim", "unplug", "2")
    admin.run("sim", "plug", "2")
    admin.run("sim", "badge", UID, "--point", "2")
    admin.run("sim", "fault", "1", "surge_arrestor", "on")
    status = fields(admin.run("status", "--json"), "status", "station", "charge_points", "errors", "links")
    station, points, errors = status["station"], status["charge_points"], status["errors"]
    assert isinstance(station, dict)
    assert isinstance(points, list)
    assert isinstance(errors, list)
    assert {"name", "state", "light", "version", "restart_needed"} <= set(station)
    assert [point["point"] for point in points] == [1, 2]
    for point in points:
        assert {
            "ev_state",
            "cable_state",
            "evse_status",
            "outlet_status",
            "last_error",
            "last_charge_status",
            "offered_current",
            "limits",
            "phases",
            "current",
            "voltage",
            "power_w",
            "energy_wh",
            "session",
            "inputs",
        } <= set(point)
        assert len(point["current"]) == len(point["voltage"]) == 3
        assert all({"source", "current"} <= set(limit) for limit in point["limits"])
    session = points[1]["session"]
    assert {"uid", "started", "transaction_id"} <= set(session)
    assert session["uid"] == UID
    assert {"number", "name", "point", "since", "advice"} <= set(errors[0])
    assert admin.run("sim", "fault", "1", "surge_arrestor", "off").code == 0
    assert admin.run("sim", "unplug", "2").code == 0


def test_settings_in_json_have_every_promised_field(admin: Client) -> None:
    document = fields(admin.run("settings", "list", "--json"), "settings", "settings")
    settings = document["settings"]
    assert isinstance(settings, list)
    ranges = {
        "choice": {"choices"},
        "toggle": set(),
        "number": {"minimum", "maximum", "unit"},
        "text": {"max_length"},
        "secret": {"max_length", "set"},
    }
    assert {setting["kind"] for setting in settings} == set(ranges)
    always = (
        "key",
        "tab",
        "sub_tab",
        "label",
        "help",
        "admin",
        "user",
        "kind",
        "factory",
        "value",
        "takes_effect",
    )
    for setting in settings:
        assert set(always) | ranges[setting["kind"]] <= set(setting), setting["key"]
        assert setting["takes_effect"] in ("now", "next_session", "restart")
        assert {setting["admin"], setting["user"]} <= {"RW", "R", "N"}
        assert (setting["kind"] == "secret") <= (setting["value"] is None)


def test_a_secret_only_says_whether_there_is_one(admin: Client) -> None:
    key = "publication.ftp.password"
    secret = "Canary-0451"
    changed = admin.run("settings", "set", f"{key}={secret}", "--json")
    shown = admin.run("settings", "get", key, "--json")
    assert fields(shown, "settings", "setting")["setting"]["value"] is None  # type: ignore[index]
    assert shown.json["setting"]["set"] is True
    logged = admin.run("log", "--json")
    for answer in (changed, shown, admin.run("settings", "get", key), admin.run("settings", "list"), logged):
        assert secret.encode() not in answer.output
    assert key.encode() in logged.output


def test_records_in_json_have_every_promised_field(admin: Client, record: int) -> None:
    document = fields(admin.run("cdr", "list", "--json"), "cdr", "records")
    records = document["records"]
    assert isinstance(records, list)
    mine = next(each for each in records if each["number"] == record)
    assert {
        "number",
        "station",
        "socket",
        "transaction_id",
        "uid",
        "charge_type",
        "start",
        "end",
        "energy_kwh",
        "socket_type",
        "duration_s",
        "comment",
        "stop_reason",
        "meter_start_wh",
        "meter_stop_wh",
    } <= set(mine)
    assert (mine["uid"], mine["socket"], mine["charge_type"]) == (UID, 1, "AC_SINGLE_PHASE")
    assert mine["meter_stop_wh"] - mine["meter_start_wh"] == round(mine["energy_kwh"] * 1000)


OTHERS = [
    ("help", "help", {"commands"}),
    ("settings get general.station_type", "settings", {"setting"}),
    ("badges list", "badges", {"badges"}),
    ("badges export", "badges", {"file"}),
    ("badges clear --yes", "badges", {"changed", "removed"}),
    ("cdr export", "cdr", {"records"}),
    ("sessions list", "sessions", {"sessions"}),
    ("log", "log", {"entries"}),
    ("settings set general.station_type=standalone", "settings", {"changed"}),
    ("sim speed 1", "sim", {"changed"}),
    ("sim input 1 input_1 open", "sim", {"changed"}),
    ("sim fault 1 surge_arrestor off", "sim", {"changed"}),
]


@pytest.mark.parametrize(("line", "schema", "names"), OTHERS, ids=[each[0] for each in OTHERS])
def test_every_command_answers_in_json_with_its_schema(
    admin: Client, line: str, schema: str, names: set[str]
) -> None:
    fields(admin.run(f"{line} --json"), schema, *names)


def test_every_command_has_help_of_its_own(admin: Client) -> None:
    listed = [row["command"] for row in admin.run("help", "--json").json["commands"]]
    promised = (
        "help",
        "status",
        "settings",
        "badges",
        "cdr",
        "password",
        "sessions",
        "log",
        "restart",
        "sim",
    )
    assert {line.split()[0] for line in listed} >= set(promised)
    for name in promised:
        helped = admin.run("help", name)
        assert helped.code == 0
        assert helped.output.startswith(f"usage: {name}".encode())


# ---------------------------------------------------------------- the file of records


def test_the_exported_file_has_exactly_the_promised_form(admin: Client, record: int) -> None:
    exported = admin.run("cdr", "export").output
    title, *rows, last = exported.decode("utf-8").split("\r\n")
    assert title == ";".join(HEAD)
    assert last == ""
    assert "\n" not in "".join(rows)
    numbers = [int(row.split(";")[0]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    told = next(
        each for each in admin.run("cdr", "list", "--json").json["records"] if each["number"] == record
    )
    row = next(row for row in rows if row.startswith(f"{record};"))
    hours, rest = divmod(told["duration_s"], 3600)
    assert row == ";".join(
        (
            str(record),
            told["station"],
            "1",
            str(told["transaction_id"]),
            UID,
            "AC_SINGLE_PHASE",
            told["start"][:16].replace("T", " "),
            told["end"][:16].replace("T", " "),
            f"{told['energy_kwh']:.3f}".replace(".", ","),
            "TYPE2",
            f"{hours:02}:{rest // 60:02}:{rest % 60:02}",
            "",
        )
    )


def test_the_file_follows_separators_and_time_zone(
    admin: Client, user: Client, record: int, station: RunningStation
) -> None:
    pairs = {
        "publication.field_separator": ("tab", "semicolon"),
        "publication.decimal_separator": ("dot", "comma"),
        "time.zone": ("Asia/Kolkata", "UTC"),
    }
    assert admin.run("settings", "set", *(f"{key}={new}" for key, (new, _) in pairs.items())).code == 0
    exported = admin.run("cdr", "export").output
    assert user.run("cdr", "export").output == exported
    assert station.evtty("cdr", "export").stdout.encode() == exported.replace(b"\r\n", b"\n")
    assert admin.run("settings", "set", *(f"{key}={old}" for key, (_, old) in pairs.items())).code == 0
    told = next(
        each for each in admin.run("cdr", "list", "--json").json["records"] if each["number"] == record
    )
    cells = next(row.split("\t") for row in exported.decode().split("\r\n") if row.startswith(f"{record}\t"))
    assert cells[8] == f"{told['energy_kwh']:.3f}"
    hour, minute = int(told["start"][11:13]), int(told["start"][14:16])
    assert cells[6][11:] == f"{(hour + 5 + (minute + 30) // 60) % 24:02}:{(minute + 30) % 60:02}"


# ---------------------------------------------------------------- neither terminal nor command


def test_neither_terminal_nor_command_gets_one_line_of_usage(admin: Client) -> None:
    answer = admin.run()
    assert (answer.code, answer.output) == (2, b"")
    assert re.fullmatch(r"usage: ssh [\x20-\x7e]+\n", answer.errors)


@pytest.mark.parametrize(
    "line", ["bash", "/bin/sh -c id", "status; id", "status && id", "settings get $(id)", "`id`", "scp -t x"]
)
def test_nothing_of_a_command_line_is_run_by_a_shell(admin: Client, line: str) -> None:
    answer = admin.run(line)
    assert answer.code in (2, 6)
    assert b"uid=" not in answer.output
    assert "uid=" not in answer.errors


def test_the_factory_password_only_sets_a_new_one(
    tmp_path_factory: pytest.TempPathFactory, client: Callable[..., Client]
) -> None:
    with RunningStation(tmp_path_factory.mktemp("factory")) as fresh:
        factory = client(fresh, "user", "USER")
        factory.stay_connected()
        for line in (
            "status",
            "settings list",
            "settings get general.station_type",
            "settings set time.mode=manual",
            "cdr list",
            "cdr export",
            "sessions list",
            "log",
            "restart",
            "sim plug 1",
        ):
            refused = factory.run(f"{line} --json")
            assert (refused.code, refused.json["error"]["code"]) == (4, "password_must_change"), line
        assert factory.run("help").code == 0
        weak = factory.run("password", "--json", stdin="USER\nshort\n")
        assert (weak.code, weak.json["error"]["code"]) == (3, "invalid")
        same = factory.run("password", stdin="USER\nUSER\n")
        assert same.code == 3
        changed = factory.run("password", "--json", stdin="USER\nOpen-Window-3\n")
        assert (changed.code, changed.json["schema"], changed.json["changed"]) == (
            0,
            "evtty/password/1",
            True,
        )
        factory.leave()
        assert client(fresh, "user").run("status").code == 0
        assert "Permission denied" in factory.run("status").errors


def test_commands_are_to_be_tried_later_while_the_station_restarts(
    tmp_path_factory: pytest.TempPathFactory, client: Callable[..., Client]
) -> None:
    with RunningStation(tmp_path_factory.mktemp("restarting")) as fresh:
        fresh.evtty("password", "admin", stdin="Hidden-Door-7\n")
        admin = client(fresh, "admin")
        with admin.start("status", "--watch") as watching:
            assert watching.stdout is not None
            assert "CS-01" in watching.stdout.readline()
            assert admin.run("restart", "--json").json["changed"] is True
            watching.stdout.read()
            assert watching.wait(timeout=20) == 75
        assert admin.run("status").code == 0
        started = [
            entry for entry in admin.run("log", "--json").json["entries"] if entry["action"] == "started"
        ]
        assert [entry["text"] for entry in started] == ["start 1", "start 2"]


def test_the_way_to_a_central_system_is_tested_and_the_link_shown(admin: Client) -> None:
    closed = f"ws://127.0.0.1:{unused_port()}/ocpp"
    link = ("supervision.protocol=ocpp16j", f"supervision.primary_url={closed}", "supervision.identity=CS-01")
    others = ("general.station_type=supervised", "general.authentication_location=supervision")
    assert admin.run("settings", "set", *others, *link).code == 0
    tested = admin.run("supervision", "test")
    assert tested.code == 75
    found, connect = tested.output.decode().splitlines()
    assert found.startswith("OK      Find the server")
    assert connect.startswith("FAILED  Connect: 127.0.0.1 is there, but no server listens")
    shown = admin.run("supervision", "status", "--json").json
    assert (shown["protocol"], shown["url"]) == ("ocpp16j", f"{closed}/CS-01")
    back = ("supervision.protocol=none", "general.authentication_location=charging_station")
    assert admin.run("settings", "set", *back).code == 0
    assert "Supervision is off." in admin.run("supervision", "status").output.decode()
