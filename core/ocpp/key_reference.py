"""The page of docs/ that lists every configuration key of OCPP, as the table has it."""

from __future__ import annotations

from core.ocpp.key_kinds import Flag, Kind, Text, Whole, Words
from core.ocpp.keys import KEYS, Key

HEAD = """# Configuration keys of OCPP

Written by `scripts/docs` from the table of keys. What a central system may read (GetConfiguration) and change
(ChangeConfiguration); names are accepted in any capitals. A key that a setting holds is changed by whoever
changes the setting, and the other way round.

| Key | May be changed to | Value at first, or what holds it |
|---|---|---|
"""


def reference() -> str:
    """The whole page."""
    return HEAD + "".join(f"| `{name}` | {_range(key.kind)} | {_held(key)} |\n" for name, key in KEYS.items())


def _range(kind: Kind | None) -> str:
    match kind:
        case None:
            return "-"
        case Flag():
            return "`true`, `false`"
        case Whole():
            return f"{kind.least} to {kind.most}"
        case Words():
            return "a list of " + ", ".join(f"`{word}`" for word in kind.known)
        case Text():
            return f"up to {kind.most} characters"
        case _:
            raise TypeError(f"no words for {kind}")


def _held(key: Key) -> str:
    if key.fact:
        return "the hardware and its settings"
    if key.setting:
        words = ", ".join(f"`{word}` is `{own}`" for word, own in key.words.items())
        never = "" if key.readable else ", never read back"
        return f"setting `{key.setting}`{f': {words}' if words else ''}{never}"
    return f"`{key.own}`" if key.own else "empty"
