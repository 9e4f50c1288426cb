"""The station's own key for the link: made, and held against the certificate that comes for it."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.ocpp.security.certificates import Unusable, read_certificates


def make_request(serial_number: str, operator: str) -> tuple[str, str]:
    """A new key (ECDSA on P-256) and the request for its certificate (PKCS #10), both PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.NameAttribute(NameOID.COMMON_NAME, serial_number)]
    if operator:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, operator))
    request = (
        x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names)).sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), request.public_bytes(serialization.Encoding.PEM).decode()


def require_fit(chain: str, key: str, now: datetime) -> None:
    """Raises ValueError where the first certificate of the chain is not one of this key, valid now."""
    try:
        certificates = read_certificates(chain)
    except Unusable as fault:
        raise ValueError(str(fault)) from None
    if not certificates:
        raise ValueError("no certificate")
    own = serialization.load_pem_private_key(key.encode(), password=None).public_key()
    if _written(certificates[0].public_key()) != _written(own):
        raise ValueError("the certificate is not for the key of the request")
    if not certificates[0].not_valid_before_utc <= now <= certificates[0].not_valid_after_utc:
        raise ValueError("the certificate is not valid at this time")


def _written(public: object) -> bytes:
    if not hasattr(public, "public_bytes"):
        raise ValueError("a kind of key that cannot be compared")
    content: bytes = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return content
