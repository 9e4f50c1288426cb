"""Which software runs after which start: trial, proof, return."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.firmware import slots
from core.firmware.slots import MOST_STARTS, Candidate, Slot, Slots
from core.firmware.versions import is_version, newest, rank
from tests.core.firmware.packages import NOW

WHOLE: frozenset[Slot] = frozenset(("", "a", "b"))
CANDIDATE = Candidate(slot="a", version="0.2.0", minimum="0.2.0", board="7.1")


def waiting(candidate: Candidate = CANDIDATE) -> Slots:
    return slots.written(Slots(), candidate, version="0.1.0", running="")


def start(now: Slots, installed: str = "0.1.0", whole: frozenset[Slot] = WHOLE) -> Slots:
    return slots.started(now, whole=whole, installed=installed)


def test_what_was_written_runs_on_trial_from_the_next_start_and_stays_once_proved() -> None:
    tried = start(waiting())
    assert (slots.to_run(waiting()), slots.to_run(tried)) == ("", "a")
    kept = slots.proved(tried, NOW)
    assert (slots.to_run(start(kept)), kept.minimum, kept.board) == ("a", "0.2.0", "7.1")
    assert kept.outcome is not None
    assert kept.outcome.result == "installed"


def test_the_minimum_is_raised_by_the_proof_and_not_before() -> None:
    tried = start(waiting())
    assert slots.lowest_allowed(tried, "0.1.0", "") == "0.1.0"
    assert slots.lowest_allowed(slots.returned(tried, "no"), "0.1.0", "") == "0.1.0"
    assert slots.lowest_allowed(slots.proved(tried, NOW), "0.2.0", "a") == "0.2.0"


def test_software_that_dies_at_every_start_is_left_after_three() -> None:
    now = waiting()
    ran = []
    for _start in range(MOST_STARTS + 2):
        now = start(now)
        ran.append(slots.to_run(now))
    assert ran == ["a", "a", "a", "", ""]
    assert now.outcome is not None
    assert (now.outcome.result, now.outcome.version) == ("returned", "0.2.0")
    assert (now.minimum, now.board) == ("0.1.0", "")


def test_software_that_used_up_its_time_is_left_at_the_next_start() -> None:
    tried = slots.started(waiting(), whole=WHOLE, installed="0.1.0", at=1000.0)
    again = slots.started(tried, whole=WHOLE, installed="0.1.0", at=1000.0 + slots.TRIAL_SECONDS - 1)
    assert slots.to_run(again) == "a"
    left = slots.started(tried, whole=WHOLE, installed="0.1.0", at=1000.0 + slots.TRIAL_SECONDS)
    assert slots.to_run(left) == ""
    assert left.outcome is not None
    assert left.outcome.reason == "it had not proved itself within 120 s"


def test_the_time_of_a_start_before_the_machine_s_own_does_not_count() -> None:
    tried = slots.started(waiting(), whole=WHOLE, installed="0.1.0", at=1000.0)
    assert slots.to_run(slots.started(tried, whole=WHOLE, installed="0.1.0", at=30.0)) == "a"


def test_software_that_says_that_it_does_not_work_is_left_at_once() -> None:
    now = slots.returned(start(waiting()), "the board does not answer", NOW)
    assert slots.to_run(start(now)) == ""


def test_a_second_package_goes_into_the_other_slot_and_returns_to_the_first() -> None:
    first = slots.proved(start(waiting()), NOW)
    assert slots.free_slot(first) == "b"
    second = msgspec.structs.replace(CANDIDATE, slot="b", version="0.3.0", minimum="0.3.0")
    tried = start(slots.written(first, second, version="0.2.0", running="a"))
    assert slots.to_run(tried) == "b"
    assert slots.to_run(slots.returned(tried, "no", NOW)) == "a"


def test_a_package_that_was_taken_back_is_not_tried() -> None:
    assert slots.to_run(start(slots.taken_back(waiting()))) == ""


def test_software_whose_files_are_gone_is_not_started() -> None:
    none: frozenset[Slot] = frozenset(("",))
    assert slots.to_run(start(waiting(), whole=none)) == ""
    gone = start(slots.proved(start(waiting()), NOW), whole=none)
    assert slots.to_run(gone) == ""
    assert gone.outcome is not None
    assert gone.outcome.reason == slots.NOT_THERE


def test_the_machine_s_own_program_runs_when_it_was_installed_anew() -> None:
    kept = slots.proved(start(waiting()), NOW)
    anew = start(kept, installed="0.4.0")
    assert slots.to_run(anew) == ""
    assert slots.to_run(start(anew, installed="0.4.0")) == ""
    assert slots.lowest_allowed(anew, "0.4.0", "") == "0.4.0"
    assert slots.to_run(start(waiting(), installed="0.4.0")) == ""


def test_a_package_without_a_tool_is_tried_on_the_software_that_runs() -> None:
    images = Candidate(slot="", version="5.0", minimum="0.1.0", board="7.2")
    kept = slots.proved(start(waiting(images)), NOW)
    assert (slots.to_run(kept), kept.board, kept.active_version) == ("", "7.2", "")


STEPS = st.sampled_from(("start", "write", "prove", "return", "take back"))


@given(st.lists(STEPS, max_size=30))
def test_whatever_happens_there_is_software_to_run_and_the_minimum_never_falls(steps: list[str]) -> None:
    now, lowest = Slots(), ""
    for number, step in enumerate(steps):
        running: Slot = slots.to_run(now)
        if step == "start":
            now = start(now)
        elif step == "write" and now.trial is None:
            version = f"1.{number}"
            new = Candidate(slot=slots.free_slot(now), version=version, minimum=version)
            now = slots.written(now, new, version="0.1.0", running=running)
        elif step == "prove":
            now = slots.proved(now, NOW)
        elif step == "return":
            now = slots.returned(now, "no")
        elif step == "take back":
            now = slots.taken_back(now)
        assert newest(now.minimum, lowest) == now.minimum
        lowest = now.minimum
        assert now.waiting is None or now.waiting.slot != now.active
    for _start in range(MOST_STARTS + 1):
        now = start(now)
    assert now.trial is None


@pytest.mark.parametrize(
    ("older", "newer"), [("0.9", "0.10"), ("1", "1.0.1"), ("1.2.3", "2"), ("0.1.0", "0.1.0.1")]
)
def test_versions_are_ordered_by_their_numbers(older: str, newer: str) -> None:
    assert rank(older) < rank(newer)
    assert newest(older, newer) == newest(newer, older) == newer


def test_what_is_a_version() -> None:
    assert rank("1.2") == rank("1.2.0")
    assert all(is_version(text) for text in ("0", "0.1.0", "1.2.3.4", "999999"))
    others = ("", "1.", "v1", "1.2.3.4.5", "01", "1.2-rc1", "1 ", "9999999", "١")
    assert not any(is_version(text) for text in others)
