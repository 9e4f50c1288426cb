"""Identifiers are found in the log by their form and by those that are known, and nothing else is hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.report.privacy import HIDDEN, hiding, log_without, shown
from core.values.log import LogEntry
from tests.stations import NOON

UIDS = st.binary(min_size=3, max_size=10).map(lambda raw: raw.hex().upper())
AROUND = st.text(st.characters(codec="ascii", exclude_categories=("Cc", "L", "N")), max_size=12)


def entry(text: str, action: str = "charge_started") -> LogEntry:
    return LogEntry(
        number=1, time=NOON, kind="event", account="station", origin="", action=action,
        subject=text, old=text, new=text, text=text,
    )  # fmt: skip


@given(UIDS, AROUND, AROUND, st.booleans())
def test_an_identifier_is_hidden_wherever_it_stands(uid: str, before: str, after: str, lower: bool) -> None:
    written = uid.lower() if lower else uid
    (told,) = log_without([entry(f"{before}{written}{after}")], hiding(()), everything=False)
    for text in (told.subject, told.old, told.new, told.text):
        assert text == f"{before}{HIDDEN}{after}"


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=20))
def test_a_known_identifier_of_any_form_is_hidden(uid: str) -> None:
    (told,) = log_without([entry(f" {uid} ")], hiding([uid]), everything=False)
    assert told.text == f" {HIDDEN} "


@pytest.mark.parametrize(
    "text", ["charge point 1", "Err #31", "192.168.0.102", "2026-03-02 12:42", "32 A (rated)", "faceless"]
)
def test_other_words_stay(text: str) -> None:
    (told,) = log_without([entry(text)], hiding(()), everything=False)
    assert told.text == text


@given(st.text(), st.booleans())
def test_entries_of_badges_tell_only_what_was_done_unless_everything_is_asked_for(
    text: str, everything: bool
) -> None:
    (told,) = log_without([entry(text, "badges_changed")], shown, everything=everything)
    assert told.action == "badges_changed"
    if not everything:
        assert (told.old, told.new, told.text) == (None, None, "")


def test_why_a_badge_was_refused_stays() -> None:
    (told,) = log_without([entry("Expired", "badge_refused")], hiding(()), everything=False)
    assert told.new == "Expired"
