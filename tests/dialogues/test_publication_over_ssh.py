"""Setting up, testing and using publication from a script: the real OpenSSH client, a real web server."""

from __future__ import annotations

import pytest

from tests.core.cdrs.csv_reader import parse
from tests.dialogues.client import Client
from tests.peers.web_server import WebServer

pytestmark = pytest.mark.peer("ssh")


def charge(admin: Client) -> int:
    """A car comes and goes; the number of its record."""
    for command in ("sim plug 1", "sim badge E1EB1C02"):
        assert admin.run(*command.split()).code == 0
    return int(admin.run("sim", "unplug", "1", "--json").json["record"]["number"])


def test_a_script_sets_up_publication_tests_it_and_publishes(admin: Client, user: Client) -> None:
    server = WebServer(path="/records")
    values = {
        "protocol": "http",
        "http.server": "127.0.0.1",
        "http.port": server.port,
        "http.path": "/records",
    }
    assert admin.run("badges", "add", "E1EB1C02").code == 0
    charge(admin)
    missing = admin.run("publish", "now")
    assert missing.code == 3
    assert "publication.smtp.server" in missing.errors
    pairs = [f"publication.{key}={value}" for key, value in values.items()]
    assert admin.run("settings", "set", *pairs, "publication.http.field_name=file").code == 0
    closed = admin.run("publish", "test")
    assert closed.code == 75
    assert b"FAILED  Connect: 127.0.0.1 is there, but no server listens" in closed.output
    failed = admin.run("publish", "now", "--json")
    assert failed.code == 75
    assert failed.json["error"]["details"]["step"] == "Connect"
    server.start()
    try:
        assert admin.run("publish", "test").code == 0
        newest = charge(admin)
        sent = admin.run("publish", "now", "--json").json
        assert (sent["schema"], sent["changed"], sent["records"]) == ("evtty/publish/1", True, newest)
        assert admin.run("publish", "now", "--json").json["changed"] is False
    finally:
        server.kill()
    numbers = [line.number for upload in server.uploads for line in parse(upload.content.decode())]
    assert sorted(numbers) == list(range(1, newest + 1))
    shown = user.run("publish", "status", "--json").json
    assert (shown["waiting"], shown["next"], shown["last_sent"]["last"]) == (0, None, newest)
    assert user.run("publish", "now").code == 4
