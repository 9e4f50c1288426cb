"""Claims on a supply, for tests."""

from __future__ import annotations

from hypothesis import strategies as st

from core.energy.allocation import Claim

ALL = frozenset({1, 2, 3})


def three_phase(
    point: int,
    *,
    maximum: float = 32.0,
    usable: float | None = None,
    started: float = 0.0,
    energy: float = 0.0,
) -> Claim:
    return Claim(
        point=point,
        lines=ALL,
        minimum=min(14.0, maximum),
        maximum=maximum,
        usable=usable,
        started=started,
        energy_wh=energy,
    )


def single_phase(
    point: int, line: int, *, maximum: float = 32.0, started: float = 0.0, energy: float = 0.0
) -> Claim:
    return Claim(
        point=point,
        lines=frozenset({line}),
        minimum=min(8.0, maximum),
        maximum=maximum,
        started=started,
        energy_wh=energy,
    )


@st.composite
def claims_of_two(draw: st.DrawFn) -> list[Claim]:
    """Two charge points that claim anything they can."""
    found = []
    for point in (1, 2):
        lines = draw(st.sampled_from([ALL, frozenset({1}), frozenset({2}), frozenset({3})]))
        maximum = draw(st.floats(min_value=6, max_value=80))
        found.append(
            Claim(
                point=point,
                lines=lines,
                minimum=min(14.0 if lines == ALL else 8.0, maximum),
                maximum=maximum,
                usable=draw(st.none() | st.floats(min_value=0, max_value=80)),
                started=draw(st.floats(min_value=0, max_value=100)),
                energy_wh=draw(st.floats(min_value=0, max_value=100)),
            )
        )
    return found
