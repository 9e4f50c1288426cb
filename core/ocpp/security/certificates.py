"""Certificates as the central system names them: by hashes of issuer and key, in a file of several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtensionOID

from core.ocpp.frames import Payload

ALGORITHMS: Mapping[str, type[hashes.HashAlgorithm]] = {
    "SHA256": hashes.SHA256,
    "SHA384": hashes.SHA384,
    "SHA512": hashes.SHA512,
}
BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


class Unusable(Exception):
    """Text that holds no certificate, or one that cannot be used so; says why."""


def read_certificates(pem: str) -> tuple[x509.Certificate, ...]:
    """All certificates in a text. Raises Unusable where one of them, or all of it, means nothing."""
    try:
        found = tuple(x509.load_pem_x509_certificates(pem.encode())) if BLOCK.search(pem) else ()
    except (ValueError, UnsupportedAlgorithm):
        raise Unusable("not a certificate") from None
    return found


def require_authority(certificate: x509.Certificate, now: datetime) -> None:
    """Raises Unusable for a certificate that vouches for no others, or not at this time."""
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise Unusable("it is not valid at this time")
    try:
        found = certificate.extensions.get_extension_for_oid(ExtensionOID.BASIC_CONSTRAINTS).value
    except (x509.ExtensionNotFound, ValueError):
        raise Unusable("it does not say that it is an authority") from None
    if not isinstance(found, x509.BasicConstraints) or not found.ca:
        raise Unusable("it is not that of an authority")


def hash_data(certificate: x509.Certificate, algorithm: str = "SHA256") -> Payload:
    """How OCPP names a root certificate, which is its own issuer (RFC 6960, 4.1.1)."""
    request = ocsp.OCSPRequestBuilder().add_certificate(certificate, certificate, _sha(algorithm)).build()
    return {
        "hashAlgorithm": algorithm,
        "issuerNameHash": request.issuer_name_hash.hex(),
        "issuerKeyHash": request.issuer_key_hash.hex(),
        "serialNumber": f"{certificate.serial_number:x}",
    }


def is_named(certificate: x509.Certificate, wanted: Payload) -> bool:
    """Whether these hashes name this certificate, in any capitals and with leading zeros."""
    own = hash_data(certificate, wanted["hashAlgorithm"])
    return all(_plain(own[name]) == _plain(str(wanted[name])) for name in own)


def written(certificates: Iterable[x509.Certificate]) -> str:
    """One text of them all."""
    return "".join(each.public_bytes(serialization.Encoding.PEM).decode() for each in certificates)


def _plain(text: str) -> str:
    return text.lower().lstrip("0")


def _sha(algorithm: str) -> hashes.HashAlgorithm:
    return ALGORITHMS[algorithm]()
