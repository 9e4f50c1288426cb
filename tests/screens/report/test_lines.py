"""The report as text: whatever it holds, it fits and stays readable."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from core.api import Report
from screens.cleaned import cleaned
from screens.report.document import document
from screens.report.lines import column_widths, lines_of, text_of, wrapped_cells
from tests.screens.report.poisoned import poisoned

WORDS = st.text(max_size=60).map(cleaned)


@settings(max_examples=15)
@given(text=st.text(max_size=80), width=st.integers(64, 140))
def test_no_line_is_wider_than_the_screen_and_nothing_steers_a_terminal(
    report: Report, text: str, width: int
) -> None:
    for line in lines_of(document(poisoned(report, text)), width):
        assert cell_len(line.text) <= width
        assert not {unicodedata.category(letter) for letter in line.text} & {"Cc", "Cf", "Cs"}


@given(WORDS, st.integers(2, 40))
def test_a_text_that_is_broken_loses_nothing_but_spaces(text: str, width: int) -> None:
    pieces = wrapped_cells(text, width)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(cell_len(piece) <= width for piece in pieces)


@given(
    st.integers(1, 8).flatmap(
        lambda many: st.lists(st.lists(WORDS, min_size=many, max_size=many), min_size=1, max_size=4)
    ),
    st.integers(62, 120),
)
def test_columns_share_the_width_and_short_ones_are_not_narrowed(rows: list[list[str]], width: int) -> None:
    widths = column_widths(rows, width)
    natural = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]))]
    room = width - 2 * (len(widths) - 1)
    assert sum(widths) <= room or all(each <= 6 for each in widths)
    if sum(natural) <= room:
        assert widths == natural
    assert all(got <= wanted for got, wanted in zip(widths, natural, strict=True))


def test_at_80_columns_the_report_reads_section_by_section(report: Report) -> None:
    text = text_of(document(report))
    titles = [line for line in text.splitlines() if line.isupper() and "  " not in line]
    assert titles[:9] == [
        "MAINTENANCE REPORT", "IDENTITY", "INSTALLED VERSIONS", "STATE", "ERRORS", "LINKS",
        "SETTINGS THAT DIFFER", "LAST CHARGE DATA RECORDS", "LAST ENTRIES OF THE LOG",
    ]  # fmt: skip
    assert "Err #6 Surge Arrestor" in text
    assert "Socket-outlet 2: Derated" in text
    assert "E1EB1C02" in text
    assert "Fleet van 3" in text
    assert "Canary" not in text


def test_what_fails_and_what_waits_is_told_in_words(report: Report) -> None:
    text = " ".join(text_of(document(report)).split())
    for words in (
        "Could not be read charge data records",
        "Restart waits when no charge is open, asked for by admin",
        "Waits for a restart 0.3.0",
        "Last package 0.2.0 was left again: no answer",
        "the port has no cable",
        "No time from time.example.org.",
        "Failed 2026-03-02 12:00, try 3: records 1 to 2. Sent again at 12:00. Connect: refused",
        "Waits to try again, ws://central.example.org/CS-01, not encrypted, heard 2026-03-02 12:00:00",
        "Connect: refused, 2 facts wait",
        "error BootNotification NotSupported",
    ):
        assert words in text
