"""The station's own key, under which secrets are kept in its database."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import StationError
from core.files import atomic_write

KEY_FILE = "secret.key"
KEY_BYTES = 32
NONCE_BYTES = 12
SEAL = "sealed:1:"


class SealBroken(StationError):
    """A secret cannot be read: it was altered, or sealed by another station."""

    code = "seal_broken"


class StationKey:
    """Seals text for this station (AES-256-GCM, a fresh nonce each time)."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str) -> str:
        """Return `text` in a form that only this station can read."""
        nonce = os.urandom(NONCE_BYTES)
        closed = self._cipher.encrypt(nonce, text.encode(), SEAL.encode())
        return SEAL + base64.b64encode(nonce + closed).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """Return the text that was sealed; raises SealBroken."""
        try:
            closed = base64.b64decode(sealed.removeprefix(SEAL).encode(), validate=True)
            text = self._cipher.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], SEAL.encode())
            return text.decode()
        except (ValueError, InvalidTag):
            raise SealBroken("A stored secret cannot be read with this station's key.") from None


class Unsealing:
    """Reads stored secrets; the station starts even when some are lost: those are empty, and counted."""

    def __init__(self, key: StationKey) -> None:
        self._key = key
        self.lost = 0

    def unseal(self, sealed: str) -> str:
        """Return the secret; an empty one when it cannot be read."""
        try:
            return self._key.unseal(sealed)
        except SealBroken:
            self.lost += 1
            return ""


def open_station_key(folder: Path) -> StationKey:
    """Read the key of the data folder; made at the first start, and again when it is damaged."""
    path = folder / KEY_FILE
    try:
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            path.rename(path.with_name(f"{KEY_FILE}.damaged"))
    except FileNotFoundError:
        key = b""
    if len(key) != KEY_BYTES:
        key = os.urandom(KEY_BYTES)
        atomic_write(path, key)
    return StationKey(key)
