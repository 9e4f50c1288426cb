"""The public key inside a line, read by the formats of RFC 4253, 5656, 8709 and OpenSSH's PROTOCOL.u2f."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    SECP384R1,
    SECP521R1,
    EllipticCurve,
    EllipticCurvePublicKey,
)

from core.errors import Invalid

SHORTEST_RSA, LONGEST_RSA = 3072, 16384
LONGEST_EXPONENT = 33
"""Bits; longer exponents only make each check slow."""
LONGEST_APPLICATION = 256


class Reader:
    """Takes fields off the front of a key. Every method raises Invalid at its end."""

    def __init__(self, packed: bytes) -> None:
        self._left = packed

    def string(self) -> bytes:
        length = int.from_bytes(self._left[:4], "big")
        if len(self._left) < 4 + length:
            raise not_whole()
        taken, self._left = self._left[4 : 4 + length], self._left[4 + length :]
        return taken

    def number(self) -> int:
        """A positive number without needless zeros before it."""
        digits = self.string()
        shortest = digits[:1] != b"\0" or digits[1:2] >= b"\x80"
        if not digits or digits[0] >= 0x80 or not shortest:
            raise not_whole()
        return int.from_bytes(digits, "big")

    def end(self) -> None:
        if self._left:
            raise not_whole()


def not_whole() -> Invalid:
    return Invalid(
        "The key is cut short or altered. Copy the whole line of the .pub file: type, key, comment."
    )


def _ed25519(reader: Reader) -> int:
    if len(reader.string()) != 32:
        raise not_whole()
    return 256


def _ecdsa(curve: EllipticCurve, name: bytes) -> Callable[[Reader], int]:
    def read(reader: Reader) -> int:
        if reader.string() != name:
            raise not_whole()
        point = reader.string()
        try:
            EllipticCurvePublicKey.from_encoded_point(curve, point)
        except ValueError:
            raise not_whole() from None
        if point[:1] != b"\x04":
            raise not_whole()
        return curve.key_size

    return read


def _rsa(reader: Reader) -> int:
    exponent, modulus = reader.number(), reader.number()
    bits = modulus.bit_length()
    if bits < SHORTEST_RSA:
        raise Invalid(
            "An RSA key needs at least {least} bits, this one has {bits}. Make one: ssh-keygen -t ed25519",
            least=SHORTEST_RSA,
            bits=bits,
        )
    if bits > LONGEST_RSA:
        raise Invalid(
            "An RSA key has at most {most} bits here, this one has {bits}.", most=LONGEST_RSA, bits=bits
        )
    if modulus % 2 == 0 or exponent % 2 == 0 or exponent < 3 or exponent.bit_length() > LONGEST_EXPONENT:
        raise Invalid("This RSA key has numbers that no program makes. Make one with: ssh-keygen -t ed25519")
    return bits


def _token(read: Callable[[Reader], int]) -> Callable[[Reader], int]:
    """A key that a security token keeps: the key, then the name of what it is for."""

    def with_application(reader: Reader) -> int:
        bits = read(reader)
        application = reader.string()
        if not application.isascii() or not application.startswith(b"ssh:"):
            raise not_whole()
        if len(application) > LONGEST_APPLICATION or not application.decode("ascii").isprintable():
            raise not_whole()
        return bits

    return with_application


_P256 = _ecdsa(SECP256R1(), b"nistp256")
TYPES: Mapping[str, Callable[[Reader], int]] = MappingProxyType(
    {
        "ssh-ed25519": _ed25519,
        "ecdsa-sha2-nistp256": _P256,
        "ecdsa-sha2-nistp384": _ecdsa(SECP384R1(), b"nistp384"),
        "ecdsa-sha2-nistp521": _ecdsa(SECP521R1(), b"nistp521"),
        "sk-ssh-ed25519@openssh.com": _token(_ed25519),
        "sk-ecdsa-sha2-nistp256@openssh.com": _token(_P256),
        "ssh-rsa": _rsa,
    }
)
"""The types that are taken; each reads what follows the type's name and gives the length in bits."""


def bits_of(kind: str, packed: bytes) -> int:
    """The length of a key whose line says that it is of this type. Raises Invalid."""
    reader = Reader(packed)
    if reader.string() != kind.encode("ascii"):
        raise not_whole()
    bits = TYPES[kind](reader)
    reader.end()
    return bits
