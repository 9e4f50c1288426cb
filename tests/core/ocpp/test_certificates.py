"""The central system renews the certificates of the link: those that the station trusts, and its own."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from core.ocpp.security.certificates import Unusable, hash_data, is_named, read_certificates
from core.ocpp.security.own_key import make_request, require_fit
from core.station import StationCore
from core.values.setting import Value
from tests.core.ocpp.supervised import PATIENCE, advance, is_answered, supervised, until
from tests.core.ocpp.test_trial import PATIENT, is_connected, until_left, until_saved
from tests.peers.authority import authority_pem, client_certificate, write_certificate
from tests.peers.central import CentralSystem, Payload
from tests.stations import NOON, everything_in

pytestmark = pytest.mark.peer("node", "ocpp-rpc")

KEY = "0123456789abcdef-secret"
CENTRAL = "CentralSystemRootCertificate"
ACCEPTED, REJECTED, FAILED = {"status": "Accepted"}, {"status": "Rejected"}, {"status": "Failed"}


def other_authority() -> str:
    return trustme.CA(organization_name="Another").cert_pem.bytes().decode()


def install(pem: str, kind: str = CENTRAL) -> Payload:
    return {"certificateType": kind, "certificate": pem}


def encrypted(tmp_path: Path, central: CentralSystem) -> dict[str, Value]:
    """Settings of an encrypted link to a central system that the authority of the tests vouches for."""
    return {
        "primary_url": central.secure_url(write_certificate(tmp_path)),
        **PATIENT,
        "security_profile": "2",
        "authorization_key": KEY,
        "ca_certificate": authority_pem(),
    }


async def listed(central: CentralSystem) -> list[Payload]:
    answer = await central.call("GetInstalledCertificateIds", {"certificateType": CENTRAL})
    return list(answer.get("certificateHashData", ()))


async def test_an_authority_is_installed_listed_and_deleted_while_the_link_works_with_the_rest(
    tmp_path: Path, central: CentralSystem
) -> None:
    added = other_authority()
    (certificate,) = read_certificates(added)
    async with supervised(tmp_path / "data", central, "parking-2", **encrypted(tmp_path, central)) as core:
        assert await central.call("InstallCertificate", install(added)) == ACCEPTED
        await until_saved(core, "ca_certificate", authority_pem() + added)
        assert is_connected(core.parts.supervision.status())
        assert hash_data(certificate) in await listed(central)
        wanted = {"certificateHashData": hash_data(certificate, "SHA512")}
        assert await central.call("DeleteCertificate", wanted) == ACCEPTED
        await until_saved(core, "ca_certificate", authority_pem())
        assert await central.call("DeleteCertificate", wanted) == {"status": "NotFound"}
        assert await listed(central) == [hash_data(read_certificates(authority_pem())[0])]


async def test_the_authority_that_the_link_needs_stays(tmp_path: Path, central: CentralSystem) -> None:
    (needed,) = read_certificates(authority_pem())
    wanted = {"certificateHashData": hash_data(needed)}
    both = {**encrypted(tmp_path, central), "ca_certificate": authority_pem() + other_authority()}
    async with supervised(tmp_path / "data", central, "parking-2", **both) as core:
        assert await central.call("DeleteCertificate", wanted) == ACCEPTED
        await core.tick()
        await until_left(core)
        assert len(await listed(central)) == 2
    async with supervised(tmp_path / "one", central, "parking-2", **encrypted(tmp_path, central)):
        assert await central.call("DeleteCertificate", wanted) == FAILED


async def test_what_is_no_authority_or_for_something_else_is_not_installed(
    tmp_path: Path, central: CentralSystem
) -> None:
    leaf, _ = client_certificate()
    async with supervised(tmp_path, central):
        for refused in (install("nonsense"), install(leaf), install(authority_pem() * 2)):
            assert await central.call("InstallCertificate", refused) == REJECTED
        manufacturer = install(authority_pem(), "ManufacturerRootCertificate")
        assert await central.call("InstallCertificate", manufacturer) == REJECTED
        assert await listed(central) == []


def certified(request: str, *, days: int = 365) -> str:
    """A certificate for a request, as the authority of an operator writes it."""
    asked = x509.load_pem_x509_csr(request.encode())
    authority = ec.generate_private_key(ec.SECP256R1())
    made = (
        x509.CertificateBuilder()
        .subject_name(asked.subject)
        .issuer_name(asked.subject)
        .public_key(cast("ec.EllipticCurvePublicKey", asked.public_key()))
        .serial_number(7)
        .not_valid_before(NOON - timedelta(days=400))
        .not_valid_after(NOON + timedelta(days=days))
        .sign(authority, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


async def asked_for(core: StationCore, central: CentralSystem, times: int = 1) -> str:
    """The request for a certificate that the station sends when it is told to."""
    trigger = {"requestedMessage": "SignChargePointCertificate"}
    assert await central.call("ExtendedTriggerMessage", trigger) == ACCEPTED
    request = str((await central.heard("SignCertificate", times))["csr"])
    async with asyncio.timeout(PATIENCE):
        await until(core, is_answered)
    return request


async def test_the_station_gets_a_certificate_for_a_key_that_never_leaves_it(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["SignCertificate"] = lambda _: ACCEPTED
    async with supervised(tmp_path, central) as core:
        await central.call("ChangeConfiguration", {"key": "CpoName", "value": "Operator"})
        request = await asked_for(core, central)
        names = x509.load_pem_x509_csr(request.encode()).subject.rfc4514_string()
        assert names == f"O=Operator,CN={core.parts.profile.identity.serial_number}"
        chain = certified(request)
        assert await central.call("CertificateSigned", {"certificateChain": chain}) == ACCEPTED
        await advance(core, 1)
        assert core.parts.settings.text("supervision.client_certificate") == chain
        assert await central.call("CertificateSigned", {"certificateChain": chain}) == REJECTED
        key = core.parts.settings.text("supervision.client_key")
    require_fit(chain, key, NOON)
    assert key.encode() not in everything_in(tmp_path)


async def test_a_certificate_for_another_key_or_another_time_is_refused(
    tmp_path: Path, central: CentralSystem
) -> None:
    central.answers["SignCertificate"] = lambda _: ACCEPTED
    _, other = make_request("somebody", "")
    async with supervised(tmp_path, central) as core:
        request = await asked_for(core, central)
        for chain in (certified(other), certified(request, days=-1), "nonsense"):
            assert await central.call("CertificateSigned", {"certificateChain": chain}) == REJECTED
        central.answers["SignCertificate"] = lambda _: REJECTED
        request = await asked_for(core, central, 2)
        answer = await central.call("CertificateSigned", {"certificateChain": certified(request)})
        assert answer == REJECTED
        assert core.parts.settings.text("supervision.client_certificate") == ""


@given(st.text() | st.text().map(lambda text: authority_pem().replace("M", text or "M", 1)))
def test_whatever_comes_as_a_certificate_is_one_or_refused(pem: str) -> None:
    try:
        found = read_certificates(pem)
    except Unusable:
        return
    assert all(isinstance(each, x509.Certificate) for each in found)


def test_hashes_name_one_certificate_in_any_capitals() -> None:
    (one,), (other,) = read_certificates(authority_pem()), read_certificates(other_authority())
    named = hash_data(one)
    assert is_named(one, {**named, "serialNumber": f"00{named['serialNumber'].upper()}"})
    assert not is_named(other, named)
