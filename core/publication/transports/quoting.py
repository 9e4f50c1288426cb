"""What a server said, as a message may quote it."""

from __future__ import annotations

import base64

from core.publication.transports.target import Target

HIDDEN = "…"
LONGEST = 120
LONGEST_READ = 1000


def quoted(text: str, target: Target) -> str:
    """One line of at most 120 characters, without the password in any form that goes over the wire."""
    shown = text[:LONGEST_READ]
    for secret in _secrets(target):
        shown = shown.replace(secret, HIDDEN)
    line = " ".join("".join(each if each.isprintable() else " " for each in shown).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _secrets(target: Target) -> list[str]:
    if target.login is None or not target.login.password:
        return []
    name, password = target.login.username.encode(), target.login.password.encode()
    encoded = (b"\0" + name + b"\0" + password, name + b":" + password, password)
    return [*(base64.b64encode(each).decode() for each in encoded), target.login.password]
