"""The file by which wpa_supplicant knows the wireless network that the station joins."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from core.network.addressing import Wireless
from core.profile import RadioPort

PSK_ROUNDS, PSK_BYTES = 4096, 32


def supplicant_file(radio: RadioPort, wanted: Wireless) -> str:
    """wpa_supplicant.conf(5) with that network alone, or none.

    Whatever people type stands in it as hexadecimal digits: none of it can be taken for a line.
    """
    lines = ["# Written by evtty, which writes it anew at each start.", f"ctrl_interface={radio.control}"]
    if radio.country:
        lines.append(f"country={radio.country}")
    if wanted.ssid:
        lines += ["network={", *(f"\t{line}" for line in _network(wanted)), "}"]
    return "\n".join([*lines, ""])


def _network(wanted: Wireless) -> Iterator[str]:
    yield f"ssid={wanted.ssid.encode().hex()}"
    # Also networks that do not tell their name.
    yield "scan_ssid=1"
    match wanted.security:
        case "wpa3":
            yield "key_mgmt=SAE"
            yield "ieee80211w=2"
            yield f"sae_password={wanted.passphrase.encode().hex()}"
        case "wpa2":
            yield "key_mgmt=WPA-PSK WPA-PSK-SHA256"
            yield "proto=RSN"
            yield "ieee80211w=1"
            yield f"psk={shared_key(wanted.ssid, wanted.passphrase)}"
        case _:
            yield "key_mgmt=NONE"


def shared_key(ssid: str, passphrase: str) -> str:
    """The key of WPA2 Personal as 64 hexadecimal digits (IEEE 802.11, annex J.4)."""
    key = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), ssid.encode(), PSK_ROUNDS, PSK_BYTES)
    return key.hex()
