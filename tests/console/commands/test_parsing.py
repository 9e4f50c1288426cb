"""Command lines are understood as a shell understands them, or refused with what was expected."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.commands.command import UsageError
from console.commands.parsing import find, parse, split_line
from console.commands.table import LOCAL, REMOTE

WORDS = st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12), max_size=6)


@given(WORDS)
def test_quoted_words_arrive_as_they_were(words: list[str]) -> None:
    assert split_line(shlex.join(words)) == words


@given(st.text(max_size=40))
def test_any_line_is_understood_or_refused(line: str) -> None:
    try:
        parsed = parse(split_line(line), REMOTE)
    except UsageError:
        return
    assert parsed.command in REMOTE


@given(st.sampled_from([row.words for row in LOCAL]), WORDS)
def test_any_words_after_a_command_are_understood_or_refused(words: tuple[str, ...], rest: list[str]) -> None:
    try:
        parsed = parse([*words, *rest], LOCAL)
    except UsageError:
        return
    assert parsed.command.words[0] == words[0]


def test_an_unfinished_quote_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="quotation"):
        split_line("settings get 'x")


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(UsageError, match="too long"):
        split_line("x" * 70_000)


def test_an_unfinished_command_is_told_its_actions() -> None:
    with pytest.raises(UsageError, match="list, get, set"):
        find(["settings"], REMOTE)


def test_the_json_option_may_stand_anywhere() -> None:
    for words in (
        ["--json", "cdr", "list"],
        ["cdr", "list", "--json"],
        ["cdr", "list", "--last", "3", "--json"],
    ):
        assert parse(words, REMOTE).options.json


def test_only_the_json_option_is_no_command() -> None:
    with pytest.raises(UsageError, match="which command"):
        parse(["--json"], REMOTE)


def test_an_abbreviated_option_is_not_guessed() -> None:
    with pytest.raises(UsageError, match="--dry"):
        parse(["settings", "set", "a=b", "--dry"], REMOTE)


def test_a_refused_option_comes_with_the_usage_of_its_command() -> None:
    with pytest.raises(UsageError, match=r"usage: cdr list \[--last 30\]"):
        parse(["cdr", "list", "--last", "0"], REMOTE)


def test_help_is_given_instead_of_doing() -> None:
    assert parse(["restart", "--help"], REMOTE).help


def test_only_the_machine_itself_may_set_somebody_elses_password() -> None:
    assert parse(["password", "user"], LOCAL).options.account == "user"
    with pytest.raises(UsageError):
        parse(["password", "user"], REMOTE)
