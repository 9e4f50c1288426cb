"""The commands of the house can be run as they are."""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.left_out import MODULES

BASH = "#!/usr/bin/env bash"


@pytest.fixture(scope="module")
def commands(project_files: list[Path], root: Path) -> list[Path]:
    """Give every command of the house: the files without a suffix, and those that name an interpreter."""
    folders = (root / "scripts", root / ".ci")
    return [
        path
        for path in project_files
        if any(folder in path.parents for folder in folders)
        and (not path.suffix or path.read_bytes()[:2] == b"#!")
    ]


def test_every_command_is_executable_and_names_its_interpreter(commands: list[Path], root: Path) -> None:
    assert {"scripts/run", "scripts/test", "scripts/check", "scripts/fix", ".ci/run"} <= {
        str(path.relative_to(root)) for path in commands
    }
    wrong = [
        str(path.relative_to(root))
        for path in commands
        if not os.access(path, os.X_OK) or path.read_bytes()[:2] != b"#!"
    ]
    assert wrong == []


def test_every_shell_command_stops_at_the_first_error(commands: list[Path], root: Path) -> None:
    shell = [path for path in commands if path.read_text(encoding="utf-8").startswith(BASH)]
    assert [
        str(path.relative_to(root))
        for path in shell
        if "\nset -euo pipefail\n" not in path.read_text(encoding="utf-8")
    ] == []
    for path in shell:
        subprocess.run(["bash", "-n", str(path)], check=True)


def programs_asked_for(test: str) -> set[str]:
    """What the marks `peer` in a file of tests name."""
    calls = [node for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Call)]
    peers = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "peer"]
    return {str(name.value) for call in peers for name in call.args if isinstance(name, ast.Constant)}


def test_the_whole_run_installs_every_program_that_tests_ask_for(
    project_files: list[Path], root: Path
) -> None:
    tests = [path.read_text(encoding="utf-8") for path in project_files if path.name.startswith("test_")]
    asked = set[str]().union(*(programs_asked_for(test) for test in tests if ".peer(" in test))
    listed = re.findall(
        r"^  \[([a-z_-]+)\]=", (root / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {"ssh", "minicom"} <= asked
    assert asked - set(listed) - set(MODULES) - {"sh"} == set()
