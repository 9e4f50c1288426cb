"""Every text of the product that a language must have: screens, commands, settings, errors and refusals."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from core.errors import ERRORS_BY_CODE
from core.faults import FAULTS
from core.settings.catalogue import CATALOGUE
from core.values.setting import ChoiceKind, Setting, ToggleKind
from screens.texts import DOMAIN

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
ROOT = Path(__file__).parents[1]
MARKED = ("screens", "console")
REFUSALS = frozenset({kind.__name__ for kind in ERRORS_BY_CODE.values()} | {"Problem", "problem", "_problem"})
"""What takes the template of a refusal as its first text."""

Text = str | tuple[str, ...]


def every_text() -> Catalog:
    """The template of a catalogue, each text with where it comes from; plurals as pairs."""
    catalogue = Catalog(domain=DOMAIN, project="evtty")
    for place, text in (*marked(), *declared(), *refused()):
        catalogue.add(text, locations=[(place, 1)])
    return catalogue


def marked() -> Iterator[tuple[str, Text]]:
    """What the source marks: (file, text)."""
    for folder in MARKED:
        for file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, keywords=KEYWORDS):
            yield f"{folder}/{file}", message


def declared() -> Iterator[tuple[str, str]]:
    """What core's tables hold: settings, the words of their values, and errors."""
    for setting in CATALOGUE:
        for text in setting_texts(setting):
            if text:
                yield "core/settings/catalogue", text
    for fault in FAULTS.values():
        yield "core/faults.py", fault.name
        yield "core/faults.py", fault.advice


def setting_texts(setting: Setting) -> Iterator[str]:
    yield setting.label
    yield setting.help
    if isinstance(setting.kind, ChoiceKind):
        yield from (choice.label for choice in setting.kind.choices)
    elif isinstance(setting.kind, ToggleKind):
        yield setting.kind.yes
        yield setting.kind.no


def refused() -> Iterator[tuple[str, str]]:
    """The templates with which core refuses."""
    for path in sorted((ROOT / "core").rglob("*.py")):
        for text in templates(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), text


def templates(source: str) -> Iterator[str]:
    """The first text of every call in REFUSALS, also where it was given a name first."""
    tree = ast.parse(source)
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in REFUSALS:
            given = [word.value for word in node.keywords if word.arg == "template"] or node.args[:2]
            found = [list(_texts(each, named)) for each in given]
            yield from next((texts for texts in found if texts), [])


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def _texts(node: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one, named)
            yield from _texts(other, named)
        case ast.Name(id=name):
            for value in named.get(name, ()):
                if not isinstance(value, ast.Name):
                    yield from _texts(value, named)
        case _:
            return
