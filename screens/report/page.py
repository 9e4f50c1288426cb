"""The report as one HTML file: no script, no address, everything from the station escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from screens.report.parts import Document
from screens.texts import spoken

FOLDER = Path(__file__).parent


def policy_of(style: str) -> str:
    """What a browser may do with the file: use this very style, nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@functools.cache
def _style() -> str:
    return (FOLDER / "page.css").read_text(encoding="utf-8")


@functools.cache
def _template() -> Template:
    rules = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return rules.from_string((FOLDER / "page.html").read_text(encoding="utf-8"))


def html_of(document: Document) -> str:
    """The whole file, for UTF-8."""
    style = _style()
    return _template().render(
        document=document,
        station=document.facts.rows[0][1],
        language=spoken().code,
        style=style,
        policy=policy_of(style),
    )
