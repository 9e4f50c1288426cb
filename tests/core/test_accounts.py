"""Passwords open accounts; wrong ones make their source wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import accounts, passwords
from core.accounts import FACTORY, Accounts
from core.api import Origin
from core.delays import BY_LINE, BY_SOURCE_AND_ACCOUNT, Delays
from core.errors import Invalid, LogInRefused, NotFound
from core.passwords import Keeper
from core.storage import Storage
from tests.stations import cheap_keeper

HERE = Origin(kind="ssh", address="192.0.2.7")
THERE = Origin(kind="ssh", address="192.0.2.8")
LINE = Origin(kind="serial", address="ttyS1")
SERIAL = "4K26-0417"


class Watch:
    """Elapsed time that the test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def people(tmp_path: Path, watch: Watch) -> AsyncIterator[Accounts]:
    storage = await Storage.open(tmp_path, schema=(accounts.SCHEMA,))
    people = Accounts(storage, cheap_keeper(), serial_number=SERIAL, elapsed=watch)
    await people.start()
    yield people
    await storage.close()


async def wrong(people: Accounts, origin: Origin, times: int, name: str = "admin") -> int:
    """Try a wrong password so often; return the seconds to wait after the last."""
    wait = 0
    for _ in range(times):
        with pytest.raises(LogInRefused) as refused:
            await people.open(name, "wrong", origin)
        wait = int(refused.value.details["wait_s"])
    return wait


@pytest.mark.parametrize(("name", "password"), FACTORY.items())
async def test_the_factory_password_must_change(people: Accounts, name: str, password: str) -> None:
    opened = await people.open(name, password, HERE)
    assert opened.name == name
    assert opened.password_must_change


@pytest.mark.parametrize(
    ("name", "password"),
    [("admin", "admin"), ("Admin", "ADMIN"), ("nobody", "ADMIN"), ("", ""), ("admin", ""), ("user", "ADMIN")],
)
async def test_anything_else_is_refused_in_the_same_words(people: Accounts, name: str, password: str) -> None:
    with pytest.raises(LogInRefused, match=r"^The user name or the password is not right\.$"):
        await people.open(name, password, HERE)


async def test_an_unknown_user_costs_a_verification_too(people: Accounts) -> None:
    verified: list[str] = []

    class Watched(Keeper):
        async def is_right(self, password: str, stored: str) -> bool:
            verified.append(stored[:10])
            return await super().is_right(password, stored)

    people._keeper = Watched(memory=8, passes=1)
    await wrong(people, HERE, 1, "nobody")
    await wrong(people, HERE, 1, "admin")
    assert verified == ["$argon2id$", "$argon2id$"]


async def test_a_password_is_the_same_in_both_spellings_of_its_letters(people: Accounts) -> None:
    hashed = await people.new_hash("admin", "Zürich-42x")
    await people._storage.write(lambda link: accounts.store(link, "admin", hashed, is_factory=False))
    opened = await people.open("admin", "Zu\u0308rich-42x", HERE)
    assert not opened.password_must_change


async def test_a_very_long_password_is_refused_without_work(people: Accounts) -> None:
    with pytest.raises(LogInRefused):
        await people.open("admin", "x" * 10_000, HERE)


async def test_after_wrong_tries_the_right_password_waits_too(people: Accounts, watch: Watch) -> None:
    assert await wrong(people, HERE, BY_SOURCE_AND_ACCOUNT.free) == 0
    assert await wrong(people, HERE, 1) == 1
    with pytest.raises(LogInRefused, match="Try again in 1 s") as refused:
        await people.open("admin", "ADMIN", HERE)
    assert refused.value.details == {"wait_s": "1"}
    watch.now += 1
    assert (await people.open("admin", "ADMIN", HERE)).name == "admin"


async def test_the_wait_doubles_and_does_not_grow_by_impatience(people: Accounts, watch: Watch) -> None:
    waits = []
    await wrong(people, HERE, BY_SOURCE_AND_ACCOUNT.free)
    for _ in range(5):
        waits.append(await wrong(people, HERE, 1))
        assert await wrong(people, HERE, 3) == waits[-1]
        watch.now += waits[-1]
    assert waits == [1, 2, 4, 8, 16]


async def test_another_source_does_not_wait(people: Accounts) -> None:
    await wrong(people, HERE, 6)
    assert (await people.open("admin", "ADMIN", THERE)).name == "admin"


async def test_one_ipv6_network_is_one_source(people: Accounts) -> None:
    for number in range(BY_SOURCE_AND_ACCOUNT.free + 1):
        await wrong(people, Origin(kind="ssh", address=f"2001:db8::{number:x}"), 1)
    with pytest.raises(LogInRefused, match="Try again in"):
        await people.open("admin", "ADMIN", Origin(kind="ssh", address="2001:db8::ffff"))


async def test_tries_with_one_account_do_not_close_another(people: Accounts) -> None:
    await wrong(people, HERE, 6)
    assert (await people.open("user", "USER", HERE)).name == "user"


async def test_many_sources_slow_an_account_down_but_never_close_it(people: Accounts, watch: Watch) -> None:
    for number in range(200):
        watch.now += 5
        await wrong(people, Origin(kind="ssh", address=f"198.51.100.{number}"), 1)
    watch.now += 5
    assert (await people.open("admin", "ADMIN", HERE)).name == "admin"
    assert (await people.open("admin", "ADMIN", LINE)).name == "admin"


async def test_a_serial_line_waits_but_is_never_locked_out(people: Accounts, watch: Watch) -> None:
    for _ in range(60):
        wait = await wrong(people, LINE, 1)
        assert wait <= BY_LINE.longest
        watch.now += wait
    assert (await people.open("admin", "ADMIN", LINE)).name == "admin"


async def test_tries_at_the_same_time_do_not_run_ahead_of_the_delay(people: Accounts) -> None:
    results = await asyncio.gather(
        *(people.open("admin", f"guess {number}", HERE) for number in range(12)), return_exceptions=True
    )
    checked = [one for one in results if isinstance(one, LogInRefused) and "not right" in one.message]
    assert len(checked) == BY_SOURCE_AND_ACCOUNT.free + 1


async def test_a_new_password_that_falls_short_is_told_everything_at_once(people: Accounts) -> None:
    with pytest.raises(Invalid) as refused:
        await people.new_hash("admin", "abc")
    (problem,) = refused.value.problems
    assert problem.message == (
        "The password needs: at least eight characters, an upper-case letter, a digit,"
        " a special character such as ! ? - or _."
    )


@pytest.mark.parametrize(
    ("password", "words"),
    [
        (SERIAL, "serial number"),
        ("4k26-0417", "serial number"),
        ("ADMIN", "factory password"),
        ("Admin", "user name"),
        ("Admin-2026", "changed a little"),
        ("@dm1N!2026", "changed a little"),
        ("A.d.m.i.n.1", "changed a little"),
        ("nimdA_99", "changed a little"),
        ("AdminADMIN1!", "changed a little"),
        (f"Xy!{SERIAL}", "hold the serial number"),
        ("Xy!7140-62K4", "hold the serial number"),
        ("Aa1!" * 33, "at most 128"),
        ("Aa1!\x1b[31mxx", "control characters"),
    ],
)
async def test_what_anybody_would_try_first_is_refused(people: Accounts, password: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        await people.new_hash("admin", password)
    assert any(words in problem.message for problem in refused.value.problems)


@pytest.mark.parametrize("password", ["Administrator-7", "My-Admin-Dog-7", "Hidden-Door-7", "Mind-the-Gap-7"])
def test_what_only_holds_such_a_word_is_accepted(password: str) -> None:
    assert passwords.accept(password, account="admin", serial_number=SERIAL, factory="ADMIN") == password


@given(st.text(alphabet="aA1! -", max_size=128))
def test_looking_for_a_changed_word_never_takes_long(text: str) -> None:
    passwords.problems(text, account="admin", serial_number=SERIAL, factory="ADMIN")


async def test_there_are_no_other_accounts(people: Accounts) -> None:
    with pytest.raises(NotFound):
        await people.new_hash("local", "Aa1!Aa1!")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=100))
def test_what_has_all_four_kinds_and_eight_characters_is_accepted(text: str) -> None:
    password = passwords.cleaned(f"{text}Ab1?xyzw")
    assert passwords.accept(password, account="admin", serial_number=SERIAL, factory="ADMIN") == password


@given(st.text(max_size=140))
def test_a_password_is_accepted_or_refused_in_words(text: str) -> None:
    try:
        kept = passwords.accept(text, account="user", serial_number=SERIAL, factory="USER")
    except Invalid as refused:
        assert all(problem.message for problem in refused.problems)  # noqa: PT017
    else:
        assert passwords.SHORTEST <= len(kept) <= passwords.LONGEST


def test_failures_of_a_flood_are_not_remembered_without_end() -> None:
    watch = Watch()
    delays = Delays(watch)
    for number in range(20_000):
        delays.failed(Origin(kind="ssh", address=str(number)), "admin")
    assert len(delays._failures) < 5_000
