"""Settings of Configuration, Wi-Fi: a card that bridges a wallbox to a wireless network."""

from __future__ import annotations

from core.values.setting import (
    Choice,
    ChoiceKind,
    Exists,
    Right,
    SecretKind,
    Setting,
    ShownWhen,
    TextKind,
)

WITH_CARD = Exists(families=("wallbox",), needs=("wifi_card",))

WIFI = (
    Setting(
        key="wifi.ssid",
        tab="configuration",
        sub_tab="wifi",
        label="Network name (SSID)",
        help="Name of the wireless network that the card joins, exactly as the access point spells it. "
        "Empty: the card joins none.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=TextKind(max_length=32),
        exists=WITH_CARD,
    ),
    Setting(
        key="wifi.security",
        tab="configuration",
        sub_tab="wifi",
        label="Security",
        help="How the access point protects the network. Open networks let anybody listen: avoid them.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=ChoiceKind(
            choices=(
                Choice(value="open", label="Open"),
                Choice(value="wpa2", label="WPA2 Personal"),
                Choice(value="wpa3", label="WPA3 Personal"),
            )
        ),
        factory="wpa2",
        exists=WITH_CARD,
    ),
    Setting(
        key="wifi.passphrase",
        tab="configuration",
        sub_tab="wifi",
        label="Passphrase",
        help="Password of the wireless network, 8 to 63 characters. It is never shown again after saving.",
        admin=Right.READ_WRITE,
        user=Right.NONE,
        kind=SecretKind(max_length=63),
        exists=WITH_CARD,
        shown_when=(ShownWhen(key="wifi.security", values=("wpa2", "wpa3")),),
    ),
    Setting(
        key="wifi.ip_address",
        tab="configuration",
        sub_tab="wifi",
        label="IP address of the Wi-Fi card",
        help="Always the address before that of the station; change both together. "
        "A new address needs the station's supply switched off and on again after 5 s.",
        admin=Right.READ_WRITE,
        user=Right.READ,
        kind=TextKind(max_length=15, form="ipv4", required=True),
        factory="192.168.0.101",
        exists=WITH_CARD,
    ),
)
