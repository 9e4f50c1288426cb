"""Worth knowing but not wrong: names without a name server, passwords in clear, one meter for two."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from core.errors import Problem
from core.settings.rules.addresses import NAME_SERVERS
from core.settings.rules.situation import Situation
from core.values.setting import TextKind


def is_name(text: str) -> bool:
    """True for a host name, False for an address."""
    try:
        ip_address(text.strip("[]"))
    except ValueError:
        return bool(text)
    return False


def names_need_a_server(situation: Situation) -> Iterator[Problem]:
    if any(situation.text(key) != "0.0.0.0" for key in NAME_SERVERS):  # noqa: S104 - means none
        return
    for key, row in situation.rows.items():
        kind = row.setting.kind
        if (
            not isinstance(kind, TextKind)
            or kind.form not in ("host", "server", "url")
            or not situation.relevant(key)
        ):
            continue
        asked = situation.changed(key) or any(
            situation.changed(condition.key) for condition in row.setting.shown_when
        )
        text = situation.text(key)
        if asked and is_name((urlsplit(text).hostname or "") if kind.form == "url" else text):
            yield situation.problem(key, "{label}: a name cannot be found while no DNS server is set")


def password_in_clear(situation: Situation) -> Iterator[Problem]:
    protocol = situation.text("publication.protocol")
    keys = [f"publication.{protocol}.{name}" for name in ("authentication", "security", "password")]
    authentication, security, password = keys
    if (
        situation.is_on(authentication)
        and situation.text(security) == "none"
        and any(situation.changed(key) for key in keys)
    ):
        yield situation.problem(password, "{label}: is sent unencrypted; anybody on the way can read it")


def records_in_clear(situation: Situation) -> Iterator[Problem]:
    protocol = situation.text("publication.protocol")
    security = f"publication.{protocol}.security"
    keys = ("publication.frequency", "publication.protocol", security)
    is_sent = situation.text("publication.frequency") != "disabled"
    if is_sent and situation.text(security) == "none" and any(situation.changed(key) for key in keys):
        yield situation.problem(security, "{label}: none; anybody on the way can read the records")


def one_meter_for_two(situation: Situation) -> Iterator[Problem]:
    """Both charge points would count the same energy."""
    if not situation.profile.has("two_points") or any(meter.link for meter in situation.profile.meters):
        return
    names = ("metering", "protocol", "rtu_address", "gateway_address")
    first, second = ([situation.text(f"meter.{point}.{name}") for name in names] for point in (1, 2))
    if situation.text("meter.1.metering") != "internal_ct" and first == second:
        yield situation.problem(
            "meter.2.rtu_address", "{label}: both charge points read the same meter; give each its own"
        )
