"""Public keys for tests, made by the library that the station does not read them with."""

from __future__ import annotations

import base64
from functools import cache

import asyncssh

TYPES = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")


@cache
def key(number: int = 1, kind: str = "ssh-ed25519") -> asyncssh.SSHKey:
    """A key pair, another one for each number."""
    made = asyncssh.generate_private_key(kind)
    made.set_comment(f"technician {number}")
    return made


def line(number: int = 1, kind: str = "ssh-ed25519") -> str:
    """The line of its `.pub` file."""
    return key(number, kind).export_public_key().decode()


def packed(number: int = 1, kind: str = "ssh-ed25519") -> str:
    """What the log-in compares: the base64 of the line."""
    return line(number, kind).split()[1]


def fingerprint(number: int = 1, kind: str = "ssh-ed25519") -> str:
    return key(number, kind).get_fingerprint()


def string(content: bytes) -> bytes:
    """A field as keys are packed of."""
    return len(content).to_bytes(4, "big") + content


def number(value: int) -> bytes:
    """A positive number as keys are packed of."""
    return string(value.to_bytes(value.bit_length() // 8 + 1, "big"))


def rsa(bits: int, exponent: int = 65537) -> bytes:
    """An RSA public key of exactly so many bits; nobody has the other half."""
    return string(b"ssh-rsa") + number(exponent) + number((1 << (bits - 1)) | 1)


def line_of(kind: str, blob: bytes, comment: str = "someone") -> str:
    return f"{kind} {base64.b64encode(blob).decode()} {comment}"
