"""The commands on power meters: what they tell, and looking for one."""

from __future__ import annotations

from core.api import LogQuery
from tests.console.commands.conftest import People
from tests.console.commands.recorded import ask

FIND = ("meters", "find", "1", "--addresses", "30-31")


async def test_where_the_energy_is_counted_is_shown_for_each_charge_point(people: People) -> None:
    await people.admin.change_settings({"meter.1.metering": "iem_3x5x"})
    await people.core.tick()
    shown = (await ask(people.user, "meters", "show", "--json")).json["meters"]
    assert [(each["point"], each["source"], each["state"]) for each in shown] == [
        (1, "iem_3x5x", "answering"),
        (2, "internal_ct", "none"),
    ]
    assert shown[0]["serial"] == "31550001"
    assert shown[0]["voltage"] == [230.0, 230.0, 230.0]
    text = (await ask(people.user, "meters", "show")).text
    assert "answering: The meter is simulated" in text
    assert "50 Hz" in text
    links = (await ask(people.user, "status", "--json")).json["links"]
    assert (links["meter 1"], links["meter 2"]) == ("iem_3x5x answering", "internal_ct")


async def test_a_meter_is_found_with_the_settings_that_make_it_the_stations(people: People) -> None:
    found = await ask(people.admin, *FIND)
    assert found.code == 0
    assert "simulated, address 30: 230 / 230 / 230 V" in found.text
    assert "settings set meter.1.metering=iem_3x5x meter.1.rtu_address=30" in found.text
    assert "1 found at 2 of 2 places." in found.text
    log = await people.admin.log(LogQuery(last=5))
    assert "meters_searched" in {entry.action for entry in log}


async def test_no_meter_is_an_exit_code_of_its_own(people: People) -> None:
    nothing = await ask(people.machine, "meters", "find", "2", "--addresses", "7", "--json")
    assert nothing.code == 6
    assert '"found": 0' in nothing.text


async def test_only_an_administrator_looks_for_meters(people: People) -> None:
    refused = await ask(people.user, *FIND)
    assert refused.code == 4
    assert "may not look for power meters" in str(refused.messages)


async def test_what_cannot_be_asked_is_said_in_words_of_its_range(people: People) -> None:
    for option, value, said in (
        ("--addresses", "0-9", "from 1 to 255"),
        ("--addresses", "9-2", "a range such as 1-255"),
        ("--gateways", "129", "from 130 to 162"),
        ("--bauds", "300", "1200, 2400"),
        ("--parities", "X", "N, E, O"),
    ):
        wrong = await ask(people.admin, "meters", "find", "1", option, value)
        assert wrong.code == 2
        assert said in str(wrong.messages)
    assert (await ask(people.admin, "meters", "find", "3")).code == 3
