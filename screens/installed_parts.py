"""What the product is made of: each installed library with its version and its licence, from its metadata."""

from __future__ import annotations

import functools
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Final

PRODUCT: Final = "evtty"
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LONGEST: Final = 40
"""Characters; some write the whole text of their licence where its name belongs."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A library: `licence` as its makers name it, `home` its page; "" for what they do not say."""

    name: str
    version: str
    licence: str
    home: str


@functools.cache
def product() -> Part:
    """The product itself."""
    return _part(metadata.distribution(PRODUCT))


@functools.cache
def product_links() -> tuple[tuple[str, str], ...]:
    """The pages where its makers can be reached: what each is, and its address."""
    return tuple(_links(metadata.distribution(PRODUCT).metadata))


@functools.cache
def installed_parts() -> tuple[Part, ...]:
    """Every library that the product needs, those that they need, and the interpreter, by name."""
    found: dict[str, Part] = {}
    wanted = [PRODUCT]
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = _part(distribution)
        wanted += _needed(distribution.requires or [])
    found["python"] = Part(
        name="Python", version=platform.python_version(), licence="PSF-2.0", home="https://www.python.org"
    )
    return tuple(part for name, part in sorted(found.items()) if name != PRODUCT)


def _needed(requirements: list[str]) -> Iterator[str]:
    """The names of requirements that hold without any extra."""
    for requirement in requirements:
        what, _semicolon, condition = requirement.partition(";")
        name = NAME.match(what.strip())
        if name is not None and "extra" not in condition:
            yield re.sub(r"[-_.]+", "-", name.group()).lower()


def _part(distribution: metadata.Distribution) -> Part:
    said = distribution.metadata
    home = next((address for _name, address in _links(said)), _said(said, "Home-page"))
    return Part(name=said["Name"], version=distribution.version, licence=licence_of(said), home=home)


def licence_of(said: metadata.PackageMetadata) -> str:
    """The licence in the shortest form that is there; "" where nothing is said."""
    written = _said(said, "License-Expression") or _said(said, "License")
    if written and len(written) <= LONGEST and "\n" not in written:
        return written
    names = [line.rsplit(" :: ", 1)[-1] for line in said.get_all("Classifier") or [] if "License ::" in line]
    return ", ".join(names) or written.partition("\n")[0][:LONGEST]


def _links(said: metadata.PackageMetadata) -> Iterator[tuple[str, str]]:
    for line in said.get_all("Project-URL") or []:
        name, _comma, address = line.partition(",")
        yield name.strip(), address.strip()


def _said(said: metadata.PackageMetadata, name: str) -> str:
    return next(iter(said.get_all(name) or []), "")
