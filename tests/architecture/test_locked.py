"""What runs and what tests it are pinned to the same versions, each by its hashes."""

import re
from pathlib import Path

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\$", re.MULTILINE)


def pins(root: Path, name: str) -> dict[str, str]:
    """Return the pinned version of each package in scripts/locked/NAME.txt."""
    text = (root / "scripts" / "locked" / f"{name}.txt").read_text(encoding="utf-8")
    found = dict(PIN.findall(text))
    assert len(found) == text.count("==")
    assert text.count("--hash=sha256:") >= len(found)
    return found


def test_the_test_environment_contains_exactly_what_runs(root: Path) -> None:
    running, testing = pins(root, "run"), pins(root, "test")
    assert running.items() <= testing.items()
    assert {"textual", "asyncssh", "setuptools"} <= running.keys()
    assert not {"pytest", "ruff", "mypy"} & running.keys()
