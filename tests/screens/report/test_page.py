"""The HTML file: whatever the station says, it has the template's tags and attributes and no others."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.api import Report
from screens.cleaned import cleaned
from screens.report.document import document
from screens.report.page import html_of
from screens.report.parts import Document, Table, facts, section, table
from tests.screens.report.poisoned import poisoned

HOSTILE = (
    "<script>alert(1)</script>",
    "</td></tr></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!-- ",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;script&gt;&#60;b&#62;",
    "{{ 7 * 7 }}{% raw %}{# x #}${7*7}",
    "{{ ''.__class__.__mro__ }}",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066\u200b\ufeff",
    "\x1b[2J\x07\x00\x9b31m",
    "[@click=app.quit]x[/]",
    "+ADw-script+AD4-",
)
TEXTS = st.text(max_size=40) | st.sampled_from(HOSTILE)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3)
TABLES = st.builds(table, st.tuples(TEXTS, TEXTS), ROWS, alarm=st.booleans()) | ROWS.map(facts)
SECTIONS = st.builds(
    lambda title, said, tables: section(title, *tables, said=said),
    TEXTS,
    st.lists(TEXTS, max_size=2),
    st.lists(TABLES, max_size=2),
)
DOCUMENTS = st.builds(
    Document,
    title=TEXTS.map(cleaned),
    facts=ROWS.map(facts),
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
)


def parsed(page: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(page)
    assert parser.errors == []
    return root


def shape(root: Element) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every element with its attributes, in order."""
    return [
        (str(element.tag), tuple(sorted((str(k), str(v)) for k, v in element.attrib.items())))
        for element in root.iter()
    ]


def shown(document: Document) -> Iterator[str]:
    """Every text of a document, in the order of the page."""

    def of(one: Table) -> Iterator[str]:
        yield from one.heads
        for row in one.rows:
            yield from row

    yield f"{document.title}: {document.facts.rows[0][1]}"
    yield document.title
    yield from of(document.facts)
    for part in document.sections:
        yield part.title
        yield from part.sentences
        for each in part.tables:
            yield from of(each)


TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section",
    "h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "align"}
TEXT_TAGS = {"title", "h1", "h2", "p", "th", "td"}


def texts(root: Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter() if element.tag in TEXT_TAGS]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_station_full_of_hostile_texts_adds_no_tag_and_no_attribute(report: Report, text: str) -> None:
    harmless = parsed(html_of(document(poisoned(report, "harmless"))))
    page = html_of(document(poisoned(report, text)))
    assert shape(parsed(page)) == shape(harmless)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", page)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_every_text_is_read_as_it_was_meant(made: Document) -> None:
    root = parsed(html_of(made))
    assert [" ".join(text.split()) for text in texts(root)] == [" ".join(t.split()) for t in shown(made)]
    assert {tag for tag, _attributes in shape(root)} <= TAGS
    assert {name for _tag, attributes in shape(root) for name, _value in attributes} == ATTRIBUTES


def test_a_browser_may_use_the_files_own_style_and_nothing_else(report: Report) -> None:
    root = parsed(html_of(document(report)))
    (style,) = root.iter("style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    (policy,) = (
        meta.attrib["content"]
        for meta in root.iter("meta")
        if meta.attrib.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")


def test_without_style_every_table_row_still_has_a_name(report: Report) -> None:
    root = parsed(html_of(document(report)))
    for row in root.iter("tr"):
        assert (row[0].tag, row[0].attrib.get("scope")) in {("th", "row"), ("th", "col")}


def test_no_secret_is_in_the_file(report: Report) -> None:
    page = html_of(document(report))
    assert "Canary" not in page
    assert "SMTP: Password" in page
