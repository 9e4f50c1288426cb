"""`network`: shown, changed on trial, confirmed and taken back, with JSON and exit codes."""

from __future__ import annotations

from tests.console.commands.conftest import People
from tests.console.commands.recorded import ask


async def test_a_change_is_told_with_where_to_confirm_it_and_kept_by_the_machine(people: People) -> None:
    told = await ask(people.admin, "network", "set", "ip_address=192.168.0.50", "--confirm-within", "60")
    assert told.code == 0
    assert "Log in at 192.168.0.50 within 60 s" in told.text
    shown = (await ask(people.user, "network", "show")).text
    assert "network.ip_address = 192.168.0.50 (on trial; saved: 192.168.0.102)" in shown
    assert "come back in 60 s" in shown
    listed = (await ask(people.admin, "settings", "list")).text
    assert "192.168.0.50 on trial" in listed
    assert (await ask(people.admin, "network", "confirm")).code == 4
    kept = await ask(people.machine, "network", "confirm", "--json")
    assert (kept.code, kept.json["schema"], kept.json["changed"]) == (0, "evtty/network/1", True)
    assert (await ask(people.admin, "settings", "get", "network.ip_address")).text == "192.168.0.50\n"


async def test_a_trial_is_given_more_time_and_taken_back(people: People) -> None:
    changed = await ask(people.admin, "network", "set", "dns_other=192.168.0.9", "--json")
    assert (changed.json["changed"], changed.json["confirm_within_s"]) == (True, 120)
    trial = (await ask(people.admin, "network", "extend", "--json")).json["trial"]
    assert (trial["seconds_left"], trial["account"], trial["applied"]) == (120, "admin", True)
    assert (await ask(people.admin, "network", "revert")).code == 0
    shown = (await ask(people.admin, "network", "show", "--json")).json
    assert (shown["trial"], shown["saved"]) == (None, shown["in_force"])


async def test_refusals_have_their_exit_codes(people: People) -> None:
    for words, code in (
        (("set", "ip_address=192.168.0.254"), 3),
        (("set", "ip_address=192.168.0.50", "--confirm-within", "5"), 3),
        (("set", "time.zone=UTC"), 3),
        (("set", "ip_address=192.168.0.50", "--confirm-within", "soon"), 2),
        (("set", "network.nothing=1"), 6),
        (("confirm",), 6),
        (("revert",), 6),
    ):
        assert (await ask(people.admin, "network", *words)).code == code, words
    assert (await ask(people.user, "network", "set", "ip_address=192.168.0.50")).code == 4
    assert (await ask(people.admin, "network", "set", "ip_address=192.168.0.50")).code == 0
    assert (await ask(people.admin, "network", "set", "dns_other=192.168.0.9")).code == 5
