"""The public keys whose signature makes a package one for this station."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.errors import Invalid

KEY_BYTES = 32


def read_key(text: str) -> bytes | None:
    """The 32 bytes of an Ed25519 public key in base64; None for anything else."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def fingerprint(key: bytes) -> str:
    """How a key is shown: `SHA256:` and base64, as SSH does."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


NOT_TRUSTED = (
    "The signature of the package is not of a key that this station trusts, or the package was altered."
)


def require_trust(trusted: Sequence[bytes]) -> None:
    """Raises Invalid where no package can ever be accepted."""
    if not trusted:
        raise Invalid(
            "This station trusts no key for firmware: its hardware profile names none under [firmware] keys."
        )


def signer(manifest: bytes, signature: bytes, trusted: Sequence[bytes]) -> str:
    """The fingerprint of the trusted key that has signed the manifest. Raises Invalid."""
    require_trust(trusted)
    for key in trusted:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, manifest)
        except (InvalidSignature, ValueError):
            continue
        return fingerprint(key)
    raise Invalid(NOT_TRUSTED)
