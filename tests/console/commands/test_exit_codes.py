"""Every kind of refusal has its exit code."""

import pytest

from console.commands.command import UsageError
from console.commands.exit_codes import error_body, error_lines, exit_code
from core.errors import (
    ERRORS_BY_CODE,
    Busy,
    Conflict,
    Invalid,
    LogInRefused,
    NotAllowed,
    NotFound,
    PasswordMustChange,
    Problem,
    StationError,
    StorageFull,
    TryLater,
)

CODES = [
    (Invalid, 3),
    (NotAllowed, 4),
    (LogInRefused, 4),
    (PasswordMustChange, 4),
    (Busy, 5),
    (Conflict, 5),
    (NotFound, 6),
    (TryLater, 75),
    (StorageFull, 75),
]


@pytest.mark.parametrize(("kind", "code"), CODES)
def test_a_refusal_ends_with_its_code(kind: type[StationError], code: int) -> None:
    assert exit_code(kind("no")) == code


def test_no_kind_of_refusal_was_forgotten() -> None:
    assert {kind for kind, _ in CODES} == set(ERRORS_BY_CODE.values())


def test_a_line_that_is_not_understood_ends_with_2() -> None:
    assert exit_code(UsageError("what?")) == 2


def test_an_error_as_json_names_its_key_and_every_problem() -> None:
    problems = [
        Problem(template="{low} to 32", values={"low": "0"}, key="a"),
        Problem(template="never", key="b"),
    ]
    body = error_body(Invalid.from_problems(problems))
    assert body == {
        "ok": False,
        "error": {
            "code": "invalid",
            "message": "0 to 32",
            "key": "a",
            "problems": [{"key": "a", "message": "0 to 32"}, {"key": "b", "message": "never"}],
        },
    }


def test_a_person_is_told_every_problem_on_its_line() -> None:
    error = Invalid.from_problems([Problem(template="too much", key="a"), Problem(template="never")])
    assert error_lines(error) == ["a: too much", "never"]


def test_a_problem_that_names_its_key_itself_is_told_with_it_once() -> None:
    problems = [
        Problem(template="{where}: no such key", values={"where": "a.b"}, key="a.b"),
        Problem(template="never", key="b"),
    ]
    assert error_lines(Invalid.from_problems(problems)) == ["a.b: no such key", "b: never"]
