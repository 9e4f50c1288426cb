"""`log` finds, filters and follows; `log verify` says whether the chain holds, also without a station."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from console.commands.running import run_command
from console.commands.table import LOCAL
from core.audit import Note
from core.database import DATABASE_FILE
from core.errors import TryLater
from tests.console.commands.conftest import People
from tests.dialogues.in_process import Captured, answer
from tests.stations import running_station

WHERE = "general.station_location"


async def actions(people: People, line: str) -> list[str]:
    return [entry["action"] for entry in (await answer(people.admin, f"{line} --json")).json["entries"]]


async def test_entries_are_chosen_by_kind_account_text_and_time(people: People) -> None:
    await people.admin.change_settings({WHERE: "outdoor"})
    await people.core.parts.storage.flush()
    assert set(await actions(people, "log --kind event")) == {"started"}
    assert "started" not in await actions(people, "log --kind audit")
    assert await actions(people, "log --account user") == ["logged_in", "password_changed"]
    assert await actions(people, "log --find OUTDOOR") == ["setting_changed"]
    assert await actions(people, "log --since 2026-03-03") == []
    assert await actions(people, "log --until 2026-03-01") == []
    assert await actions(people, "log --since 2026-03-02 --until 2026-03-02 --last 1") == ["setting_changed"]
    told = (await answer(people.admin, "log --find outdoor")).output.decode()
    assert told.split()[-4:] == [WHERE, "indoor", "->", "outdoor"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("log --kind audits", "invalid choice"),
        ("log --since yesterday", "a day (2026-11-22)"),
        ("log --follow --until 2026-03-03", "leave --until away"),
        ("log verify --known 12", "NUMBER:HASH is expected"),
        ("log something", "unrecognized arguments"),
    ],
)
async def test_a_question_that_is_wrong_is_refused_in_words(people: People, line: str, words: str) -> None:
    refused = await answer(people.admin, line)
    assert refused.code == 2
    assert words in refused.errors


class Following(Captured):
    """Ends the command once it has told enough."""

    def __init__(self, enough: int) -> None:
        super().__init__()
        self.began = asyncio.Event()
        self.enough = asyncio.Event()
        self._count = enough

    async def data(self, text: str) -> None:
        await super().data(text)
        self.began.set()
        if self.output.count("\n") >= self._count:
            self.enough.set()


async def test_following_goes_on_with_what_matches(people: People) -> None:
    out = Following(3)

    async def opened() -> object:
        return people.admin

    words = ["log", "--follow", "--find", "wanted", "--json"]
    await people.core.parts.audit.note(Note(kind="event", action="tested", text="wanted 1"))
    following = asyncio.create_task(run_command(words, LOCAL, opened, out, Path()))  # type: ignore[arg-type]
    await asyncio.wait_for(out.began.wait(), 10)
    for text in ("other", "wanted 2", "other", "wanted 3"):
        await people.core.parts.audit.note(Note(kind="event", action="tested", text=text))
    await asyncio.wait_for(out.enough.wait(), 10)
    following.cancel()
    assert [line.count("wanted") for line in out.output.splitlines()] == [1, 1, 1]
    assert "other" not in out.output


async def test_a_log_that_nobody_altered_is_told_with_the_hash_of_its_last_entry(people: People) -> None:
    await people.core.parts.storage.flush()
    checked = (await answer(people.user, "log verify --json")).json
    assert checked["schema"] == "evtty/log/1"
    check = checked["check"]
    assert (check["broken"], check["first"], check["entries"]) == (None, 1, check["last"])
    told = (await answer(people.user, "log verify")).output.decode()
    known = told.split()[-1]
    assert known == f"{check['last']}:{check['hash']}"
    assert (await answer(people.admin, f"log verify --known {known}")).code == 0
    other = await answer(people.admin, f"log verify --known {check['last']}:{'0' * 64}")
    assert other.code == 3
    assert f"Entry {check['last']} of the log is missing or was altered" in other.errors
    assert (await answer(people.admin, f"log verify --known {check['last'] + 1}:{'0' * 64}")).code == 3


async def test_the_first_entry_that_was_altered_is_named_with_and_without_a_station(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        for number in range(10):
            await core.parts.audit.note(Note(kind="event", action="tested", text=str(number)))

    async def nobody() -> object:
        raise TryLater("no station")

    async def run(*words: str) -> tuple[int, Captured]:
        out = Captured()
        return await run_command(["log", "verify", *words], LOCAL, nobody, out, tmp_path), out  # type: ignore[arg-type]

    code, out = await run()
    assert (code, out.errors) == (0, "No station runs here: its data folder was looked at.\n")
    link = sqlite3.connect(tmp_path / DATABASE_FILE)
    link.execute("UPDATE log SET text = 'harmless' WHERE number = 5")
    link.commit()
    link.close()
    code, out = await run()
    assert (code, "Entry 5 of the log is missing or was altered" in out.errors) == (3, True)
    code, out = await run("--json")
    assert (code, '"entry": "5"' in out.output) == (3, True)
    async with running_station("parking-2", tmp_path) as core:
        checked = await core.parts.audit.verify()
        assert checked.broken == 5
