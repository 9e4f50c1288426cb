"""Public keys as lines of a list, and one key in full."""

from __future__ import annotations

import textwrap
from zoneinfo import ZoneInfo

from core.api import SshKey
from screens.cleaned import cleaned, fitted
from screens.texts import _
from screens.times import day_and_minute

LABEL = 14
WIDTH = 54
LINE = 70
BEGINS = ("ssh-", "ecdsa-sha2-")


def kind_words(key: SshKey) -> str:
    """`ed25519`, `nistp256`, `rsa`, `sk-ssh-ed25519`: the type without what every line has."""
    kind = key.type.partition("@")[0]
    return next((kind.removeprefix(begin) for begin in BEGINS if kind.startswith(begin)), kind)


def key_head() -> str:
    heads = ((_("Account"), 7), (_("Type"), 10), (_("Added"), 10), (_("Used"), 10), (_("Comment"), 30))
    return "".join(f" {fitted(head, width)}" for head, width in heads).rstrip()


def key_line(key: SshKey, zone: ZoneInfo, *, ascii_only: bool) -> str:
    """A key on one line of a dialog; without a comment by the begin of its fingerprint."""
    used = f"{key.last_used.astimezone(zone):%Y-%m-%d}" if key.last_used else "-"
    line = f"{fitted(key.account, 7)} {fitted(kind_words(key), 10)} "
    line += f"{key.added.astimezone(zone):%Y-%m-%d} {fitted(used, 10)} "
    comment = cleaned(key.comment, ascii_only=ascii_only) or key.fingerprint
    return line + fitted(comment, LINE - len(line))


def key_details(key: SshKey, zone: ZoneInfo, *, ascii_only: bool) -> list[str]:
    """Every field of a key."""
    fields = (
        (_("Account"), key.account),
        (_("Type"), _("{type}, {bits} bits").format(type=key.type, bits=key.bits)),
        (_("Fingerprint"), key.fingerprint),
        (_("Comment"), key.comment),
        (_("Added"), day_and_minute(key.added, zone)),
        (_("By"), key.added_by),
        (_("Last used"), day_and_minute(key.last_used, zone) if key.last_used else _("never")),
    )
    lines = []
    for name, value in fields:
        parts = textwrap.wrap(cleaned(value, ascii_only=ascii_only), WIDTH) or ["-"]
        labels = [name, *[""] * (len(parts) - 1)]
        lines += [f"{fitted(label, LABEL)} {part}" for label, part in zip(labels, parts, strict=True)]
    return lines
