"""The certificates that the central system installs, lists, deletes and renews (security whitepaper)."""

from __future__ import annotations

from cryptography import x509

from core.errors import StationError
from core.ocpp.conversation import Refused
from core.ocpp.desk import Desk
from core.ocpp.frames import Code, Payload
from core.ocpp.keys import MOST_CERTIFICATES
from core.ocpp.security.certificates import (
    Unusable,
    hash_data,
    is_named,
    read_certificates,
    require_authority,
    written,
)

SETTING = "supervision.ca_certificate"
CENTRAL = "CentralSystemRootCertificate"


def _trusted(desk: Desk) -> tuple[x509.Certificate, ...]:
    """Those of the setting. Raises Refused where somebody has put something else there."""
    try:
        return read_certificates(desk.trial.text(SETTING))
    except Unusable:
        raise Refused(Code.GENERIC, "The CA certificate of the station's settings is none.") from None


async def install_certificate(desk: Desk, payload: Payload) -> Payload:
    """Trust another authority of central systems too; kept once the link works with it.

    The keys that firmware is signed by are those of the hardware profile: no certificate changes them.
    """
    if payload["certificateType"] != CENTRAL:
        return {"status": "Rejected"}
    trusted = _trusted(desk)
    try:
        found = read_certificates(payload["certificate"])
        for each in found:
            require_authority(each, desk.now())
    except Unusable:
        return {"status": "Rejected"}
    if len(found) == 1 and found[0] in trusted:
        return {"status": "Accepted"}
    if len(found) != 1 or len(trusted) >= MOST_CERTIFICATES:
        return {"status": "Rejected"}
    return {"status": "Accepted" if await _set(desk, written((*trusted, *found))) else "Failed"}


async def get_installed_certificate_ids(desk: Desk, payload: Payload) -> Payload:
    """Name those that are trusted; none where the public authorities are."""
    trusted = _trusted(desk)
    if payload["certificateType"] != CENTRAL or not trusted:
        return {"status": "NotFound"}
    return {"status": "Accepted", "certificateHashData": [hash_data(each) for each in trusted]}


async def delete_certificate(desk: Desk, payload: Payload) -> Payload:
    """Trust an authority no more; the last one stays: without any, the public ones would be trusted."""
    trusted = _trusted(desk)
    left = tuple(each for each in trusted if not is_named(each, payload["certificateHashData"]))
    if len(left) == len(trusted):
        return {"status": "NotFound"}
    return {"status": "Accepted" if left and await _set(desk, written(left)) else "Failed"}


async def _set(desk: Desk, pem: str) -> bool:
    try:
        await desk.trial.propose({SETTING: pem})
    except StationError:
        return False
    return True


async def certificate_signed(desk: Desk, payload: Payload) -> Payload:
    """Show this certificate to the central system from now on, if it is for the key that was made for it."""
    taken = await desk.signing.signed(payload["certificateChain"])
    return {"status": "Accepted" if taken else "Rejected"}
