"""Rows that moved are noticed, even where they changed a little on the way."""

from console.terminal.cells import BLANK, REVERSE, Row, cell, pen
from console.terminal.scrolling import Scroll, find_scrolls


def row(text: str, flags: int = 0) -> Row:
    return ([cell(ord(c), pen(flags)) for c in text] + [BLANK] * 40)[:40]


HEADER, FOOTER = row("the header of a page"), row("keys at the bottom")
LIST = [row(f"{n:3} record number {n} of many") for n in range(30)]


def page(first: int) -> list[Row]:
    return [HEADER, *LIST[first : first + 8], FOOTER]


def test_a_list_that_moved_up_is_a_scroll_of_its_rows() -> None:
    assert find_scrolls(page(0), page(1))[0] == Scroll(top=1, bottom=8, lines=1)


def test_a_list_that_moved_down_is_a_scroll_the_other_way() -> None:
    assert find_scrolls(page(3), page(1))[0] == Scroll(top=1, bottom=8, lines=-2)


def test_a_highlight_that_stays_in_its_place_hides_nothing() -> None:
    before, after = page(0), page(1)
    before[4], after[4] = (
        row("  3 record number 3 of many", REVERSE),
        row("  4 record number 4 of many", REVERSE),
    )
    assert find_scrolls(before, after)[0].lines == 1


def test_a_small_change_is_no_scroll() -> None:
    after = page(0)
    after[3] = row("something else")
    assert find_scrolls(page(0), after) == []
