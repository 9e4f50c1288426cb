"""The commands on the `.cfg` file."""

from __future__ import annotations

from tests.console.commands.conftest import People
from tests.console.commands.recorded import ask


async def exported(people: People) -> bytes:
    return (await ask(people.admin, "config", "export")).text.encode()


async def test_the_file_goes_out_and_comes_back_without_a_change(people: People) -> None:
    file = await exported(people)
    assert file.startswith(b"# ")
    assert b"\nfamily = parking\n" in file
    done = await ask(people.machine, "config", "import", file=file)
    assert (done.code, done.text.splitlines()[0][:18]) == (0, "0 settings change,")
    answer = (await ask(people.admin, "config", "import", "--json", file=file)).json
    assert (answer["schema"], answer["changed"], answer["changes"]) == ("evtty/config/1", False, [])
    whole = (await ask(people.admin, "config", "export", "--json")).json
    assert whole["file"].encode() == file


async def test_a_dry_run_prints_the_differences_and_changes_nothing(people: People) -> None:
    file = (await exported(people)).replace(b"192.168.0.102", b"192.168.0.60")
    tried = await ask(people.admin, "config", "import", "--dry-run", file=file)
    assert tried.code == 0
    lines = tried.text.splitlines()
    assert lines[0] == "network.ip_address: 192.168.0.102 -> 192.168.0.60"
    assert lines[-1] == "Nothing was saved: this was a dry run."
    assert any("publication.smtp.password (not set)" in line for line in lines)
    assert any("Log in at 192.168.0.60 within 120 s" in line for line in lines)
    assert (await ask(people.admin, "settings", "get", "network.ip_address")).text == "192.168.0.102\n"
    kept = await ask(people.admin, "config", "import", "--keep-network", "--json", file=file)
    assert (kept.json["changes"], "network.ip_address" in kept.json["left"]) == ([], True)
    done = await ask(people.admin, "config", "import", "--json", file=file)
    assert (done.json["changed"], done.json["restart_needed"]) == (True, False)
    assert (await ask(people.machine, "network", "confirm")).code == 0
    assert (await ask(people.admin, "settings", "get", "network.ip_address")).text == "192.168.0.60\n"


async def test_a_faulty_file_is_refused_with_every_line(people: People) -> None:
    file = (await exported(people)) + b"one = 1\ntime.zone = UTC\nsocket.1.type = t2\n"
    refused = await ask(people.admin, "config", "import", file=file)
    assert (refused.code, refused.text, len(refused.messages)) == (3, "", 3)
    assert all(line.startswith("Line ") for line in refused.messages)
    told = (await ask(people.admin, "config", "import", "--dry-run", "--json", file=file)).json
    last = file.count(b"\n")
    assert told["ok"] is False
    assert [(each["key"], each["line"]) for each in told["error"]["problems"]] == [
        (None, last - 2),
        (None, last - 1),
        ("socket.1.type", last),
    ]


async def test_the_user_may_do_neither(people: People) -> None:
    file = await exported(people)
    assert (await ask(people.user, "config", "export")).code == 4
    assert (await ask(people.user, "config", "import", file=file)).code == 4
    assert (await ask(people.user, "config", "import", "--dry-run", file=file)).code == 4
