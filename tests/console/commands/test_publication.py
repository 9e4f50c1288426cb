"""The commands of publication."""

from __future__ import annotations

from tests.console.commands.conftest import People
from tests.console.commands.recorded import ask
from tests.core.publication.publisher import by_web, charge, set_up
from tests.peers.cable import unused_port
from tests.peers.web_server import WebServer


async def test_records_are_published_and_the_result_is_shown(people: People) -> None:
    async with WebServer() as server:
        await charge(people.core, 3)
        await set_up(people.core, by_web(server.port))
        waiting = await ask(people.user, "publish", "status")
        assert "Nothing is published yet." in waiting.text
        assert "Next 2026-03-03 00:01, daily. Records that wait: 3." in waiting.text
        sent = await ask(people.admin, "publish", "now")
        assert "3 records are published." in sent.text
        again = await ask(people.admin, "publish", "now", "--json")
    assert (again.code, again.json["changed"], again.json["records"]) == (0, False, 0)
    told = (await ask(people.user, "publish", "status", "--json")).json
    assert told["schema"] == "evtty/publish/1"
    assert (told["last_sent"]["first"], told["last_sent"]["last"], told["waiting"]) == (1, 3, 0)
    assert "records 1 to 3" in (await ask(people.user, "publish", "status")).text
    assert len(server.uploads) == 1


async def test_a_failure_is_told_with_its_step_and_a_code_for_later(people: People) -> None:
    await charge(people.core, 2)
    await set_up(people.core, by_web(unused_port(), "disabled"))
    failed = await ask(people.admin, "publish", "now", "--json")
    assert failed.code == 75
    assert failed.json["error"]["details"]["step"] == "Connect"
    told = (await ask(people.admin, "publish", "status")).text
    assert "records 1 to 2" in told
    assert "Connect:" in told
    assert "Connect:" not in (await ask(people.user, "publish", "status")).text


async def test_a_test_shows_every_step_and_sends_nothing(people: People) -> None:
    async with WebServer() as server:
        await set_up(people.core, by_web(server.port, "disabled"))
        good = await ask(people.admin, "publish", "test")
        assert good.code == 0
        assert "OK      Connect" in good.text
        server.kill()
        bad = await ask(people.admin, "publish", "test")
        assert bad.code == 75
        assert "FAILED  Connect" in bad.text
        assert (await ask(people.admin, "publish", "test", "--json")).json["ok"] is False
    assert server.uploads == []


async def test_a_user_may_look_but_not_publish(people: People) -> None:
    assert (await ask(people.user, "publish", "now")).code == 4
    assert (await ask(people.user, "publish", "test")).code == 4
    assert (await ask(people.user, "publish", "status")).code == 0


async def test_what_is_missing_is_listed_by_its_key(people: People) -> None:
    refused = await ask(people.admin, "publish", "now")
    assert refused.code == 3
    assert any("publication.smtp.server" in line for line in refused.messages)
