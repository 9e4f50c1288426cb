"""The exit codes of commands, and what goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.commands.command import UsageError
from core.errors import Busy, Invalid, NotAllowed, NotFound, Problem, StationError, TryLater

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
TRY_LATER: Final = 75

_BY_KIND: Final[Mapping[type[StationError], int]] = {
    Invalid: 3,
    NotAllowed: 4,
    Busy: 5,
    NotFound: 6,
    TryLater: TRY_LATER,
}


def exit_code(error: StationError | UsageError) -> int:
    """2 usage, 3 invalid, 4 not allowed, 5 busy, 6 not found, 75 try again later; 1 for anything else."""
    if isinstance(error, UsageError):
        return USAGE
    return next((code for kind, code in _BY_KIND.items() if isinstance(error, kind)), FAILED)


def error_body(error: StationError | UsageError) -> dict[str, object]:
    """What `--json` says of an error: its first problem, and each of them under `problems`."""
    if isinstance(error, UsageError):
        return {"ok": False, "error": {"code": "usage", "message": str(error), "key": None}}
    problems = [_problem_body(problem) for problem in error.problems]
    body: dict[str, object] = {"code": error.code, "message": error.message, "key": error.key}
    if problems:
        body["problems"] = problems
    if error.details:
        body["details"] = error.details
    return {"ok": False, "error": body}


def _problem_body(problem: Problem) -> dict[str, object]:
    """A fault of a file names its line."""
    body: dict[str, object] = {"key": problem.key, "message": problem.message}
    if "line" in problem.values:
        body["line"] = int(problem.values["line"])
    return body


def error_lines(error: StationError | UsageError) -> list[str]:
    """What a person is told of an error: each problem on a line of its own."""
    if isinstance(error, StationError) and error.problems:
        return [_with_key(problem) for problem in error.problems]
    return str(error).splitlines()


def _with_key(problem: Problem) -> str:
    """A problem with its key before it, once; what is wrong with a file names the setting behind its line."""
    begins = f"{problem.key}: "
    if not problem.key or "line" in problem.values or problem.message.startswith(begins):
        return problem.message
    return begins + problem.message
