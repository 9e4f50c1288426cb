"""Settings that need others filled in: publication, time server, Wi-Fi."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Problem
from core.settings.rules.situation import Situation

NEEDED = {
    "smtp": ("server", "sender", "receivers"),
    "ftp": ("server",),
    "http": ("server", "path", "field_name"),
}
"""What must be filled in to send records, by protocol."""

SHORTEST_PASSPHRASE = 8
LONGEST_SSID = 32
"""Bytes (IEEE 802.11)."""


def publication(situation: Situation) -> Iterator[Problem]:
    protocol = situation.text("publication.protocol")
    if situation.text("publication.frequency") == "disabled":
        return
    for name in NEEDED[protocol]:
        key = f"publication.{protocol}.{name}"
        if not situation.text(key):
            yield situation.problem(key, "{label}: is needed to send charge data records")


def log_in_data(situation: Situation) -> Iterator[Problem]:
    """A server that wants a log-in needs both halves of it."""
    protocol = situation.text("publication.protocol")
    if not situation.is_on(f"publication.{protocol}.authentication"):
        return
    for name in ("username", "password"):
        key = f"publication.{protocol}.{name}"
        if not situation.text(key):
            yield situation.problem(key, "{label}: is needed while Authentication required is on")


def time_server(situation: Situation) -> Iterator[Problem]:
    if situation.text("time.mode") == "ntp_server" and not situation.text("time.ntp_server"):
        yield situation.problem(
            "time.ntp_server", "{label}: is needed for the clock to be set by a time server"
        )


def wifi(situation: Situation) -> Iterator[Problem]:
    key = "wifi.passphrase"
    passphrase = situation.text(key)
    if passphrase and (len(passphrase) < SHORTEST_PASSPHRASE or not passphrase.isascii()):
        yield situation.problem(
            key, "{label}: at least {least} characters, letters without accents", least=SHORTEST_PASSPHRASE
        )
    name = situation.text("wifi.ssid").encode()
    if len(name) > LONGEST_SSID:
        yield situation.problem(
            "wifi.ssid",
            "{label}: at most {longest} bytes; accents and other scripts take 2 to 4 each, this is {got}",
            longest=LONGEST_SSID,
            got=len(name),
        )
    if situation.text("wifi.ssid") and situation.relevant(key) and not passphrase:
        yield situation.problem(key, "{label}: is needed for a protected network")
