"""Reads `[firmware]` of a hardware profile: the public keys of those who may sign packages."""

from __future__ import annotations

import base64
import binascii

from core.profile.table import Table

MOST_KEYS = 8
KEY_BYTES = 32


def firmware_keys(table: Table) -> tuple[str, ...]:
    """Read the table; problems are noted in it."""
    given = table.take("keys")
    table.finish()
    if given is None:
        return ()
    keys = tuple(key for key in given if isinstance(key, str)) if isinstance(given, list) else ()
    if not isinstance(given, list) or len(keys) != len(given) or len(keys) > MOST_KEYS:
        table.wrong("keys", "{where}: must be a list of at most {most} keys as texts", most=MOST_KEYS)
        return ()
    for key in keys:
        if not is_key(key):
            table.wrong(
                "keys",
                "{where}: an Ed25519 public key is 32 bytes in base64, got {got}",
                got=key[:60],
            )
    return keys


def is_key(text: str) -> bool:
    """Whether it is 32 bytes in base64."""
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
