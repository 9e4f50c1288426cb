"""The parts that the product is made of, each with the licence that its makers name."""

from __future__ import annotations

from email.message import Message
from importlib import metadata

import pytest

from screens.installed_parts import LONGEST, installed_parts, licence_of, product


def test_every_part_that_is_needed_is_named_with_version_and_licence() -> None:
    parts = {part.name.lower(): part for part in installed_parts()}
    assert {"textual", "asyncssh", "jinja2", "markupsafe", "cryptography"} <= parts.keys()
    assert parts["asyncssh"].version == metadata.version("asyncssh")
    assert [part.name for part in parts.values() if not part.licence] == []
    assert product().licence == "Apache-2.0"


def test_what_only_the_tests_need_is_no_part() -> None:
    assert not {"pytest", "hypothesis", "mypy", "html5lib"} & {part.name for part in installed_parts()}


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License-Expression": "MIT OR Apache-2.0", "License": "something else"}, "MIT OR Apache-2.0"),
        ({"License": "BSD"}, "BSD"),
        (
            {"License": "All rights\n" * 50, "Classifier": "License :: OSI Approved :: MIT License"},
            "MIT License",
        ),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, "BSD License"),
        ({"License": "x" * 500}, "x" * LONGEST),
        ({}, ""),
    ],
)
def test_the_shortest_name_of_a_licence_is_taken(said: dict[str, str], licence: str) -> None:
    written = Message()
    for name, value in said.items():
        written[name] = value
    assert licence_of(written) == licence  # type: ignore[arg-type]
