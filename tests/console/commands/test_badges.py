"""The commands on badges: the register, its file, and learning at the reader."""

from __future__ import annotations

import asyncio

from core.api import BadgePage
from core.badges.csv_file import file_of
from core.events import LearningChanged
from tests.console.commands.conftest import People
from tests.console.commands.recorded import Asked, ask


async def register(people: People) -> BadgePage:
    return await people.admin.badges()


async def test_a_badge_is_added_listed_changed_and_removed(people: People) -> None:
    added = await ask(people.user, "badges", "add", "3f:42:0f", "--comment", "Pool car", "--json")
    assert (added.code, added.json["schema"], added.json["changed"]) == (0, "evtty/badges/1", True)
    assert (
        await ask(people.admin, "badges", "set", "3F420F", "--type", "vip")
    ).text == "1 3F420F vip Pool car\n"
    listed = (await ask(people.admin, "badges", "list", "--json")).json
    assert listed["badges"] == [
        {
            "number": 1,
            "uid": "3F420F",
            "type": "vip",
            "comment": "Pool car",
            "first_use": None,
            "last_use": None,
        }
    ]
    removed = await ask(people.user, "badges", "remove", "3F420F", "--json")
    assert (removed.json["removed"], removed.json["changed"]) == (1, True)
    assert (await register(people)).total == 0


async def test_the_list_for_a_person_is_found_by_a_part_of_identifier_or_comment(people: People) -> None:
    await people.admin.add_badge("3F420F", "user", "Pool car")
    await people.admin.add_badge("E1EB1C02", "user", "Anna")
    assert "E1EB1C02" not in (await ask(people.admin, "badges", "list", "--find", "POOL")).text
    assert "Anna" in (await ask(people.admin, "badges", "list", "--find", "eb:1c")).text


async def test_refusals_have_their_exit_codes(people: People) -> None:
    await people.admin.add_badge("3F420F")
    codes = {
        ("add", "3F420F"): 5,
        ("add", "XYZ"): 3,
        ("add", "AABBCC", "--comment", "x" * 51): 3,
        ("add", "AABBCC", "--type", "king"): 2,
        ("set", "3F420F"): 2,
        ("set", "AABBCC", "--type", "vip"): 6,
        ("remove", "3F420F", "AABBCC"): 6,
        ("clear",): 2,
        ("learn",): 2,
        ("learn", "add", "--seconds", "0"): 2,
    }
    assert {words: (await ask(people.admin, "badges", *words)).code for words in codes} == codes
    assert (await register(people)).total == 1


async def test_clearing_needs_to_be_confirmed(people: People) -> None:
    await people.admin.add_badge("3F420F")
    assert (await ask(people.admin, "badges", "clear", "--yes")).text == "1 badge was removed.\n"
    assert (await register(people)).total == 0


async def test_an_exported_list_comes_back_by_import(people: People) -> None:
    await people.admin.add_badge("3F420F", "vip", "=1+1")
    before = await register(people)
    exported = await ask(people.admin, "badges", "export")
    await people.admin.clear_badges()
    imported = await ask(people.admin, "badges", "import", file=exported.text.encode())
    assert imported.code == 0, imported.messages
    assert "+ 1 3F420F vip =1+1" in imported.text
    assert await register(people) == before


async def test_a_dry_run_prints_the_differences_and_changes_nothing(people: People) -> None:
    await people.admin.add_badge("3F420F")
    tried = await ask(people.admin, "badges", "import", "--dry-run", "--json", file=file_of(()))
    assert (tried.code, tried.json["changed"], len(tried.json["removed"])) == (0, False, 1)
    told = await ask(people.admin, "badges", "import", "--dry-run", file=file_of(()))
    assert "- 1 3F420F user" in told.text
    assert (await register(people)).total == 1


async def test_an_edited_list_is_only_taken_when_it_is_accepted(people: People) -> None:
    await people.admin.add_badge("3F420F", "user", "Anna")
    edited = (await ask(people.admin, "badges", "export")).text.replace("Anna", "Berta").encode()
    refused = await ask(people.admin, "badges", "import", file=edited)
    assert refused.code == 3
    assert "edited" in refused.messages[0]
    assert (await register(people)).badges[0].comment == "Anna"
    assert (await ask(people.admin, "badges", "import", "--accept-edited", file=edited)).code == 0
    assert (await register(people)).badges[0].comment == "Berta"


async def test_every_faulty_line_is_named(people: People) -> None:
    text = "Badge number,Identifier,Type,Comment\n1,3F420F,User,\n2,XY,User,\n3,AABBCC,King,\n"
    refused = await ask(people.admin, "badges", "import", "--accept-edited", file=text.encode())
    assert refused.code == 3
    assert [line.partition(":")[0] for line in refused.messages] == ["Line 3", "Line 4"]
    assert (await register(people)).total == 0


async def test_a_merge_keeps_what_the_file_does_not_have(people: People) -> None:
    await people.admin.add_badge("3F420F")
    assert (await ask(people.admin, "badges", "import", "--merge", file=file_of(()))).code == 0
    assert (await register(people)).total == 1


async def begun(people: People, *words: str) -> asyncio.Task[Asked]:
    """Start `badges learn`, and wait until the station learns."""
    events = people.user.events()
    running = asyncio.create_task(ask(people.admin, "badges", "learn", *words))
    async for event in events:
        if isinstance(event, LearningChanged):
            break
    return running


async def learned(people: People, *words: str, badges: tuple[str, ...]) -> Asked:
    """Run `badges learn` while these badges are held to the reader, until its time is over."""
    running = await begun(people, *words)
    for uid in badges:
        await people.machine.sim_badge(uid)
        await asyncio.sleep(0)
    now = (await people.machine.status()).station.time
    await people.machine.sim_advance(now.replace(minute=1))
    await people.core.tick()
    return await running


async def test_learning_tells_each_badge_and_counts_them(people: People) -> None:
    await people.admin.add_badge("AABBCC", "vip", "Anna")
    told = await learned(people, "add", badges=("3F420F", "AABBCC"))
    assert told.code == 0
    assert told.text.splitlines() == [
        "3F420F added",
        "AABBCC known already Anna",
        "1 added, 1 known already.",
    ]


async def test_badges_are_removed_at_the_reader(people: People) -> None:
    await people.admin.add_badge("AABBCC")
    told = await learned(people, "delete", badges=("AABBCC", "3F420F"))
    assert told.text.splitlines()[-1] == "1 removed, 1 not in the register."
    assert (await register(people)).total == 0


async def test_an_interrupted_learning_ends_at_the_station_too(people: People) -> None:
    running = await begun(people, "add")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    learning = await people.user.learning()
    assert learning is not None
    assert (learning.running, learning.ended) == (False, "stopped")


async def test_somebody_who_comes_while_another_learns_is_told_who(people: People) -> None:
    await people.admin.learn_start("add")
    told = await ask(people.user, "badges", "learn", "add")
    assert told.code == 5
    assert "admin (ssh ::1)" in told.messages[0]
