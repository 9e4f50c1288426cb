"""The links to systems outside as Live status shows them; nothing of those that are not wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screens.supervision_words import STATES
from screens.texts import N_, _

NAMES = {"supervision": N_("Supervision"), "bms": N_("Energy management")}


def link_rows(links: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """A name and how the link is."""
    return [
        (_(name), _(STATES.get(links[link], links[link])))
        for link, name in NAMES.items()
        if links.get(link, "off") != "off"
    ]
