"""Output replayed on an emulator shows, cell by cell, what was wanted."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.terminal.cells import BLANK, BOLD, DIM, REVERSE, RIGHT_HALF, UNDERLINE, Row, cell, pen
from console.terminal.encoder import CLEAR, Encoder
from console.terminal.grid import Grid
from console.terminal.profiles import BASIC, FULL, SERIAL, TerminalProfile, choose_profile
from tests.console.terminal.emulator import Emulator
from tests.effort import IS_LONG

PROFILES = [
    SERIAL,
    BASIC,
    FULL,
    *(choose_profile(term) for term in ("vt100", "vt220", "linux", "xterm", "tmux-256color", "screen")),
    choose_profile("xterm-256color", colorterm="truecolor"),
    choose_profile("xterm-256color", no_color=True),
]
SIZES = [(80, 24), (120, 40), (37, 11), (2, 2), (1, 1), (8, 3)]


@cache
def pens_of(profile: TerminalProfile) -> st.SearchStrategy[int]:
    colours = {0: [0], 8: [0, 1, 5, 8], 256: [0, 1, 5, 12, 200]}.get(profile.colours, [0, 3, 0x1123456])
    flags = [0, 0, BOLD, REVERSE, BOLD | REVERSE, UNDERLINE, DIM, BOLD | DIM]
    return st.builds(
        pen,
        st.sampled_from(flags).map(lambda bits: bits & profile.attributes),
        st.sampled_from(colours),
        st.sampled_from(colours),
    )


@cache
def stretches(profile: TerminalProfile, width: int) -> st.SearchStrategy[Row]:
    """Text, blanks, runs of one character and two-column characters, as screens have them."""
    text = st.text("ab .-|", min_size=1, max_size=min(width, 30))
    if profile.utf8:
        text = st.one_of(text, st.text("é─│ b", min_size=1, max_size=20))
    run = st.builds(lambda c, n: c * n, st.sampled_from(" -x "), st.integers(1, width))
    plain = st.builds(
        lambda words, p: [cell(ord(c), p) for c in words], st.one_of(text, run), pens_of(profile)
    )
    if not profile.utf8:
        return plain
    wide = st.builds(lambda p: [cell(0x4E2D, p), cell(RIGHT_HALF, p)], pens_of(profile))
    return st.one_of(plain, plain, wide)


@st.composite
def changes(draw: st.DrawFn, profile: TerminalProfile, grid: Grid) -> None:
    """Change the grid as screens do: move rows, fill rows alike, put text somewhere, clear."""
    kind = draw(st.sampled_from(["put", "put", "put", "scroll", "fill", "clear", "shift"]))
    if kind == "clear":
        grid.rows = [[BLANK] * grid.width for _ in range(grid.height)]
    elif kind == "scroll":
        top, bottom = sorted(draw(st.tuples(*[st.integers(0, grid.height - 1)] * 2)))
        part = grid.rows[top : bottom + 1]
        by = draw(st.integers(-3, 3))
        grid.rows[top : bottom + 1] = [row[:] for row in part[by:] + part[:by]]
    elif kind == "fill":
        for y in range(grid.height):
            grid.put(0, y, draw(stretches(profile, grid.width)) + [cell(ord("a") + y % 26, 0)] * 3)
    elif kind == "shift":
        y = draw(st.integers(0, grid.height - 1))
        old = grid.rows[y][:]
        grid.put(draw(st.integers(0, 3)), y, old)
    else:
        for _ in range(draw(st.integers(1, 6))):
            x, y = draw(st.integers(-2, grid.width)), draw(st.integers(0, grid.height - 1))
            grid.put(x, y, draw(stretches(profile, grid.width)))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: f"{profile.name}-{profile.colours}")
@settings(max_examples=80 if IS_LONG else 4, deadline=None)
@given(data=st.data())
def test_the_emulator_shows_every_frame_as_wanted(
    profile: TerminalProfile, size: tuple[int, int], data: st.DataObject
) -> None:
    grid = Grid(*size)
    encoder, terminal = Encoder(profile, *size), Emulator(profile, *size)
    place = st.tuples(st.integers(0, size[1] - 1), st.integers(0, size[0] - 1))
    cursors = st.one_of(st.none(), place)
    for _ in range(data.draw(st.integers(1, 6))):
        data.draw(changes(profile, grid))
        if data.draw(st.integers(0, 9)) == 9:
            encoder.repaint()
        cursor = data.draw(cursors)
        terminal.feed(encoder.encode(grid.rows, cursor))
        assert terminal.differences(grid.rows) == []
        if cursor is not None:
            assert terminal.cursor == cursor


def written(grid: Grid, *lines: str, flags: int = 0) -> Grid:
    for y, line in enumerate(lines):
        grid.put(0, y, [cell(ord(c), pen(flags)) for c in line])
    return grid


def test_the_same_frames_give_the_same_bytes() -> None:
    grid = written(Grid(80, 24), "one", "two", "three")
    assert Encoder(FULL, 80, 24).encode(grid.rows, None) == Encoder(FULL, 80, 24).encode(grid.rows, None)


def test_nothing_is_sent_when_nothing_changed() -> None:
    grid, encoder = written(Grid(80, 24), "one"), Encoder(SERIAL, 80, 24)
    encoder.encode(grid.rows, (0, 0))
    assert encoder.encode(grid.rows, (0, 0)) == b""


def test_a_repaint_starts_from_a_known_state() -> None:
    grid, encoder = written(Grid(80, 24), "one"), Encoder(SERIAL, 80, 24)
    first = encoder.encode(grid.rows, None)
    encoder.repaint()
    assert encoder.encode(grid.rows, None) == first
    assert first == CLEAR.encode() + b"one"


def test_a_grid_changed_after_its_frame_is_noticed() -> None:
    grid, encoder = Grid(80, 24), Encoder(SERIAL, 80, 24)
    encoder.encode(grid.rows, None)
    grid.put(0, 0, [cell(ord("x"), 0)])
    assert encoder.encode(grid.rows, None) == b"x"


def test_a_list_that_moves_by_one_row_is_scrolled_not_written_again() -> None:
    lines = [f"record {n} " + "text " * 12 for n in range(30)]
    grid, encoder = written(Grid(80, 24), *lines[:24]), Encoder(SERIAL, 80, 24)
    encoder.encode(grid.rows, None)
    output = encoder.encode(written(Grid(80, 24), "record 0 ", *lines[2:24], lines[24]).rows, None)
    assert len(output) < 150


def test_a_width_or_height_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="0x24"):
        Encoder(SERIAL, 0, 24)
