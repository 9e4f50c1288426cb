"""The waits between starts, the data folder, the size of a window, the command line as a whole."""

from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backoff import WAITS_S, Backoff
from console.cli import main, take_data_folder
from console.commands.command import UsageError
from console.commands.output import columns
from console.data_folder import data_folder
from console.folder_lock import FolderTaken, taken_folder


def test_each_early_death_waits_longer_and_a_long_life_is_forgiven() -> None:
    backoff = Backoff()
    assert [backoff.wait_after(1) for _ in range(8)] == [*WAITS_S, WAITS_S[-1], WAITS_S[-1]]
    assert backoff.wait_after(60) == WAITS_S[0]


def test_the_data_folder_is_given_or_in_the_environment_or_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVTTY_DATA", "/tmp/a")
    assert data_folder("/tmp/b") == Path("/tmp/b")
    assert data_folder(None) == Path("/tmp/a")
    monkeypatch.delenv("EVTTY_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", "/tmp/c")
    assert data_folder(None) == Path("/tmp/c/evtty")


@pytest.mark.parametrize("words", [["--data", "/tmp/b", "status"], ["status", "--data=/tmp/b"]])
def test_the_data_folder_may_be_named_anywhere(words: list[str]) -> None:
    assert take_data_folder(words) == (Path("/tmp/b"), ["status"])


def test_a_data_folder_without_a_name_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        take_data_folder(["status", "--data"])


def test_a_folder_is_taken_once(tmp_path: Path) -> None:
    with taken_folder(tmp_path), pytest.raises(FolderTaken), taken_folder(tmp_path):
        pass
    with taken_folder(tmp_path):
        pass


def test_without_words_the_commands_are_told_as_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "evtty run" in capsys.readouterr().err


def test_help_lists_processes_and_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert "evtty run" in text
    assert "settings set KEY=VALUE" in text


@pytest.mark.parametrize(
    "words", [["run", "--ssh", "nowhere"], ["run", "--serial", "x:7"], ["run", "--bogus"]]
)
def test_a_wrong_option_is_a_usage_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err


def test_a_command_without_a_station_is_told_to_try_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--data", str(tmp_path)]) == 75
    assert "try again" in capsys.readouterr().err


CELLS = st.text(max_size=10)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_a_table_has_one_harmless_line_a_row(rows: list[list[str]]) -> None:
    text = columns(rows)
    assert text.count("\n") == len(rows)
    assert not any(category(letter).startswith("C") for letter in text.replace("\n", ""))
