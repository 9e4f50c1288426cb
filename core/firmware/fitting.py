"""Whether a package that is whole and signed is one for this very station."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import metadata

import msgspec

from core.errors import Invalid
from core.firmware.manifest import Manifest
from core.firmware.versions import rank
from core.profile import HardwareProfile

SHOWN_DIFFERENCES = 3


def version_here(package: str) -> str:
    """The version of a package of Python on this machine, "" for none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What of the station a package has to fit. `minimum` is the lowest version that it may get."""

    profile: HardwareProfile
    minimum: str
    python: str = f"{sys.version_info.major}.{sys.version_info.minor}"
    library: Callable[[str], str] = version_here


def require_fit(manifest: Manifest, station: Standing) -> None:
    """Raises Invalid with the first thing that does not fit."""
    if station.profile.family not in manifest.families:
        raise Invalid(
            "The package is for stations of the family {families}, but this one is of the family {family}.",
            families=", ".join(manifest.families),
            family=station.profile.family,
        )
    if rank(manifest.version) < rank(station.minimum):
        raise Invalid(
            "The package has version {version}; this station takes {minimum} or newer.",
            version=manifest.version,
            minimum=station.minimum,
        )
    _require_images(manifest, station.profile)
    if "tool" in manifest.parts:
        _require_machine(manifest, station)


def _require_images(manifest: Manifest, profile: HardwareProfile) -> None:
    """Only simulated parts can be updated: the protocols of the real ones carry no firmware."""
    if "board" in manifest.parts:
        for board in profile.boards:
            if board.driver != "simulated":
                raise Invalid(
                    "The package has firmware for the electronic board, but a board of the kind {driver}"
                    " cannot be updated over its line. Use a package without it, and the board's own tool.",
                    driver=board.driver,
                )
    if "reader" in manifest.parts:
        if not profile.rfid_reader:
            raise Invalid("The package has firmware for a badge reader, but this station has none.")
        if profile.reader.driver != "simulated":
            raise Invalid(
                "The package has firmware for the badge reader, but a reader of the kind {driver}"
                " cannot be updated over its line. Use a package without it, and the reader's own tool.",
                driver=profile.reader.driver,
            )


def _require_machine(manifest: Manifest, station: Standing) -> None:
    if rank(station.python) < rank(manifest.python):
        raise Invalid(
            "The package needs Python {needed}, this machine has {python}.",
            needed=manifest.python,
            python=station.python,
        )
    differ = [
        f"{name} {version} ({station.library(name) or 'none'})"
        for name, version in sorted(manifest.needs.items())
        if station.library(name) != version
    ]
    if differ:
        shown = differ[:SHOWN_DIFFERENCES]
        more = f" and {len(differ) - len(shown)} more" if len(differ) > len(shown) else ""
        raise Invalid(
            "The package needs other libraries than this machine has: {libraries}{more}. Install the whole"
            " program anew (see the administrators' page).",
            libraries=", ".join(shown),
            more=more,
        )
