"""Public keys that open an account over SSH."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

LARGEST_KEY_FILE: Final = 16 * 1024
"""Bytes of a file with one public key."""
MOST_KEYS: Final = 32
"""Public keys of one account."""


class SshKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key of an account.

    `fingerprint` is `SHA256:...`, as `ssh-keygen -l` prints it; `bits` is the length of the key. `added_by`
    says account and origin; `last_used` is None for one that nobody has logged in with.
    """

    account: str
    type: str
    bits: int
    fingerprint: str
    comment: str
    added: datetime
    added_by: str
    last_used: datetime | None = None
