"""Modules are small and say in their first line what they are for."""

import ast
import statistics
from pathlib import Path

LONGEST = 300
MEDIAN = 100


def length(module: Path) -> int:
    """Return the number of lines of a file."""
    return len(module.read_text(encoding="utf-8").splitlines())


def first_line(source: str) -> str | None:
    """Return the first line of a module's docstring; None unless the module begins with it."""
    tree = ast.parse(source)
    docstring = ast.get_docstring(tree)
    if not docstring or tree.body[0].lineno != 1:
        return None
    return docstring.splitlines()[0]


def test_no_module_is_longer_than_300_lines(modules: list[Path], root: Path) -> None:
    too_long = {
        str(module.relative_to(root)): length(module) for module in modules if length(module) > LONGEST
    }
    assert too_long == {}


def test_half_of_the_modules_are_shorter_than_100_lines(modules: list[Path]) -> None:
    assert statistics.median(map(length, modules)) < MEDIAN


def test_every_module_begins_by_saying_what_it_is_for(modules: list[Path], root: Path) -> None:
    silent = [
        str(module.relative_to(root))
        for module in modules
        if not first_line(module.read_text(encoding="utf-8"))
    ]
    assert silent == []


def test_a_module_that_begins_with_anything_else_is_silent() -> None:
    assert first_line('"""Decides."""\nx = 1\n') == "Decides."
    assert first_line("x = 1\n") is None
    assert first_line('# Note\n"""Decides."""\n') is None
    assert first_line('""""""\n') is None
