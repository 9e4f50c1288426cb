"""A charge on other phases than its meter is wired to by the settings."""

from __future__ import annotations

import pytest

from core.charge_points.hardware import Phases
from core.charge_points.phase_compliance import LASTING_SECONDS, PhaseCompliance, contradiction

ON_L1: Phases = (16.0, 0.0, 0.2)
ON_L2: Phases = (0.1, 16.0, 0.0)
NONE: Phases = (0.2, 0.2, 0.2)


@pytest.mark.parametrize(
    ("loaded", "lines"),
    [((1,), (1,)), ((1, 2, 3), (1, 2, 3)), ((1,), (1, 2, 3)), ((1, 2), (1, 2, 3)), ((2,), (2, 3, 1))],
)
def test_a_charge_on_its_first_phase_and_on_no_other_than_its_own_is_right(
    loaded: tuple[int, ...], lines: tuple[int, ...]
) -> None:
    assert contradiction(loaded, lines) == ""


@pytest.mark.parametrize(
    ("loaded", "lines", "found"),
    [
        ((2,), (1,), "current on L2, by the settings it flows on L1"),
        ((1, 2, 3), (1,), "current on L1, L2, L3, by the settings it flows on L1"),
        ((2,), (1, 2, 3), "current on L2, by the settings it flows on L1 and others"),
        ((1, 3), (2, 3, 1), "current on L1, L3, by the settings it flows on L2 and others"),
    ],
)
def test_any_other_is_told_with_what_was_seen(
    loaded: tuple[int, ...], lines: tuple[int, ...], found: str
) -> None:
    assert contradiction(loaded, lines) == f"the meter sees {found}"


def test_it_takes_half_a_minute_to_begin_and_to_end() -> None:
    seen = PhaseCompliance().seen(ON_L2, (1,), 0.0)
    assert seen.wrong == ""
    assert seen.next_change() == LASTING_SECONDS
    seen = seen.seen(ON_L2, (1,), LASTING_SECONDS - 1)
    assert seen.wrong == ""
    seen = seen.seen(ON_L2, (1,), LASTING_SECONDS)
    assert "L2" in seen.wrong
    seen = seen.seen(ON_L1, (1,), 100.0)
    assert seen.wrong
    assert seen.seen(ON_L1, (1,), 100.0 + LASTING_SECONDS).wrong == ""


def test_a_moment_on_another_phase_begins_nothing() -> None:
    seen = PhaseCompliance().seen(ON_L2, (1,), 0.0).seen(ON_L1, (1,), 20.0)
    assert seen == PhaseCompliance()
    assert seen.seen(ON_L2, (1,), 31.0).wrong == ""


def test_where_nothing_flows_nothing_is_judged() -> None:
    wrong = PhaseCompliance(wrong="L2")
    assert wrong.seen(NONE, (1,), 500.0) == wrong
