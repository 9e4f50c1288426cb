"""Files, secrets, the journal, ticks, watched tasks, listeners and log lines keep their promises."""

from __future__ import annotations

import asyncio
import json
import logging
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import journal
from core.errors import Invalid, StationError
from core.events import (
    AnyEvent,
    LogAdded,
    RecordAdded,
    SessionEnded,
    SettingsChanged,
    StationRestarting,
    StatusChanged,
)
from core.files import atomic_write
from core.journal import Journal, Transaction, transactions_after
from core.listeners import LONGEST_QUEUE, Announcer, Listener
from core.log_lines import JsonLines
from core.secrets import KEY_FILE, SealBroken, StationKey, Unsealing, open_station_key
from core.tasks import Supervisor, contained
from core.ticks import Lateness, run_ticks


def test_a_file_is_replaced_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    for content in (b"one", b"two"):
        atomic_write(path, content)
        assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["kept"]


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_over(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.mkdir()
    with pytest.raises(OSError, match="kept"):
        atomic_write(path, b"content")
    assert [found.name for found in tmp_path.iterdir()] == ["kept"]


@given(st.text())
def test_a_secret_comes_out_as_it_was_sealed(text: str) -> None:
    key = StationKey(bytes(32))
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    sealed = key.seal(text)
    assert key.unseal(sealed) == text
    assert key.seal(text) != sealed


@given(st.text(max_size=80))
def test_what_was_not_sealed_here_is_not_read(text: str) -> None:
    with pytest.raises(SealBroken):
        StationKey(bytes(32)).unseal(text)
    with pytest.raises(SealBroken):
        StationKey(bytes(32)).unseal(StationKey(b"x" * 32).seal("secret"))


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    sealed = open_station_key(tmp_path).seal("secret")
    assert open_station_key(tmp_path).unseal(sealed) == "secret"
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_damaged_key_is_set_aside_and_lost_secrets_are_counted(tmp_path: Path) -> None:
    sealed = open_station_key(tmp_path).seal("secret")
    (tmp_path / KEY_FILE).write_bytes(b"short")
    secrets = Unsealing(open_station_key(tmp_path))
    assert secrets.unseal(sealed) == ""
    assert secrets.lost == 1
    assert (tmp_path / f"{KEY_FILE}.damaged").exists()


TRANSACTIONS = st.builds(
    Transaction,
    position=st.integers(0, 2**40),
    statements=st.lists(st.text(st.characters(codec="utf-8"))).map(tuple),
)


@given(TRANSACTIONS)
def test_a_transaction_is_read_from_the_journal_as_it_was_written(transaction: Transaction) -> None:
    assert journal.decode(journal.encode(transaction)) == transaction


@given(TRANSACTIONS, st.data())
def test_a_journal_line_that_was_cut_short_or_altered_is_no_transaction(
    transaction: Transaction, data: st.DataObject
) -> None:
    line = journal.encode(transaction)
    assert journal.decode(line[: data.draw(st.integers(0, len(line) - 1))]) is None
    at = data.draw(st.integers(0, len(line) - 1))
    altered = line[:at] + bytes([line[at] ^ data.draw(st.integers(1, 255))]) + line[at + 1 :]
    assert journal.decode(altered) is None


def test_the_journal_goes_on_over_files_and_stops_at_a_gap(tmp_path: Path) -> None:
    def written(*positions: int) -> None:
        for position in positions:
            book.append(Transaction(position=position, statements=(f"s{position}",)))

    book = Journal(tmp_path, 0)
    written(1, 2)
    book.rotate(2)
    written(3, 5)
    book.close()
    assert [found.position for found in transactions_after(tmp_path, 1)] == [2, 3]
    assert [found.position for found in transactions_after(tmp_path, 4)] == [5]


def test_a_transaction_taken_back_is_not_in_the_journal(tmp_path: Path) -> None:
    book = Journal(tmp_path, 0)
    book.append(Transaction(position=1, statements=("one",)))
    book.append(Transaction(position=2, statements=("undone",)))
    book.take_back(last=True)
    book.append(Transaction(position=2, statements=("two",)))
    book.close()
    assert [found.statements for found in transactions_after(tmp_path, 0)] == [("one",), ("two",)]


class Turned:
    """Elapsed time that moves only while somebody sleeps, or works."""

    def __init__(self) -> None:
        self.now = 0.0
        self.overslept = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + self.overslept


class Enough(Exception):
    """The test has seen what it wants."""


async def test_ticks_do_not_drift_and_one_that_is_late_is_counted() -> None:
    time, lateness, seen = Turned(), Lateness(), list[float]()
    time.overslept = 0.004

    async def act() -> None:
        seen.append(time.now)
        time.now += 2.5 if len(seen) == 3 else 0.01
        if len(seen) == 6:
            raise Enough

    with pytest.raises(Enough):
        await run_ticks(act, lateness, elapsed=time, sleep=time.sleep)
    assert [round(when, 3) for when in seen] == [1.004, 2.004, 3.004, 6.004, 7.004, 8.004]
    assert lateness.missed == 2
    assert lateness.count == 6
    assert lateness.below_which(0.99) == pytest.approx(4, abs=0.1)


@given(st.lists(st.floats(0, 10_000), min_size=1))
def test_the_histogram_never_shows_less_than_the_truth(lates: list[float]) -> None:
    lateness = Lateness()
    for late in lates:
        lateness.add(late)
    assert lateness.below_which(1.0) == max(lates)
    assert lateness.below_which(0.5) >= sorted(lates)[(len(lates) - 1) // 2]


def test_figures_that_were_taken_are_not_told_again() -> None:
    lateness = Lateness()
    lateness.add(400.0)
    lateness.missed = 3
    assert lateness.taken() == {"ticks": 1, "missed": 3, "p50_ms": 400.0, "p99_ms": 400.0, "worst_ms": 400.0}
    lateness.add(0.1)
    assert lateness.taken() == {"ticks": 1, "missed": 0, "p50_ms": 0.1, "p99_ms": 0.1, "worst_ms": 0.1}


async def test_a_task_that_fails_is_reported_and_starts_again_later_each_time() -> None:
    pauses, reports, runs = list[float](), list[tuple[str, bool]](), 0
    done = asyncio.Event()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs < 9:
            raise ValueError(runs)
        done.set()

    supervisor = Supervisor(lambda name, failing: reports.append((name, failing)), pause=pause)
    supervisor.watch("meter", work)
    await done.wait()
    await supervisor.stop()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert reports == [("meter", True)] * 8


async def test_a_fault_inside_becomes_a_refusal_without_its_details() -> None:
    async def broken() -> None:
        raise KeyError("a secret")

    async def refused() -> None:
        raise Invalid("too large")

    with pytest.raises(StationError) as error:
        await contained(broken())
    assert "a secret" not in error.value.message
    with pytest.raises(Invalid):
        await contained(refused())


async def test_a_slow_listener_gets_the_freshest_of_each_kind() -> None:
    announcer = Announcer()
    listener = announcer.listen()
    for number in range(500):
        announcer.announce(StatusChanged())
        announcer.announce(RecordAdded(number=number))
        announcer.announce(LogAdded(number=number))
    listener.close()
    assert [event async for event in listener] == [
        StatusChanged(),
        RecordAdded(number=499),
        LogAdded(number=499),
    ]
    announcer.announce(StatusChanged())
    assert [event async for event in listener] == []


async def test_changed_settings_are_gathered_by_who_changed_them() -> None:
    listener = Listener()
    for key, session in (("a", 1), ("b", 1), ("c", 2), ("a", 1)):
        listener.put(SettingsChanged(keys=(key,), session=session, account="admin"))
    listener.close()
    found = [(event.keys, event.session) async for event in listener if isinstance(event, SettingsChanged)]
    assert found == [(("c",), 2), (("a", "b"), 1)]


EVENTS: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(SettingsChanged, keys=st.tuples(st.text()), session=st.integers(), account=st.text()),
    st.builds(SessionEnded, reason=st.text(), by=st.text()),
    st.builds(StationRestarting, by=st.text()),
    st.just(StatusChanged()),
)


@given(st.lists(EVENTS, max_size=300))
def test_what_waits_is_bounded_and_the_last_word_is_never_lost(events: list[AnyEvent]) -> None:
    async def heard() -> list[AnyEvent]:
        listener = Listener()
        for event in events:
            listener.put(event)
        listener.close()
        return [event async for event in listener]

    found = asyncio.run(heard())
    assert len(found) <= LONGEST_QUEUE
    for kind in (SessionEnded, StationRestarting):
        given_ = [event for event in events if isinstance(event, kind)]
        assert [event for event in found if isinstance(event, kind)] == given_[-1:]


def test_a_log_line_is_one_json_object_that_names_a_fault_but_not_its_values() -> None:
    with pytest.raises(ValueError, match="hunter2") as caught:
        int("hunter2")
    fault = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("core", logging.ERROR, "x.py", 1, "line one\nline %s", ("two",), fault)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "hunter2" not in line
    assert json.loads(line)["fault"] == "ValueError"
    assert json.loads(line)["message"] == "line one\nline two"
