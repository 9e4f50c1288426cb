"""The station's errors: number, name, what an electrician can do about each, and where its cause is set."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """An error of the guide; `tab` and `sub_tab` are where its cause can be set right ("" where nowhere)."""

    number: int
    name: str
    advice: str
    tab: str = ""
    sub_tab: str = ""


_ALL = (
    Fault(
        number=1,
        name="Rfid Reader",
        advice="Check cable and supply of the badge reader; no restart is needed.",
    ),
    Fault(
        number=3,
        name="Internal Communication",
        advice="The board of this charge point does not answer. Check its supply and the internal cable.",
    ),
    Fault(
        number=4,
        name="Outlet Lock",
        advice="The plug lock is not where it should be. Free the plug and check lock motor and its contact.",
    ),
    Fault(
        number=5,
        name="Contactor State",
        advice="The contactor's feedback contradicts its command. Isolate the station, check the contactor.",
    ),
    Fault(
        number=6,
        name="Surge Arrestor",
        advice="The surge arrestor is worn or its fuse is open. Replace the cartridge.",
    ),
    Fault(
        number=7,
        name="Anti-intrusion",
        advice="The cover is open. Close and lock it.",
    ),
    Fault(
        number=8,
        name="Hardware Configuration",
        advice="The parts that were found are not those of this model. Compare with its nameplate.",
    ),
    Fault(
        number=9,
        name="Software Configuration",
        advice="Some parameters contradict each other. Look through the parameters that were changed last.",
        tab="configuration",
        sub_tab="general",
    ),
    Fault(
        number=10,
        name="Flap Sensor",
        advice="The flap of the socket-outlet is not where it should be. Check the flap and its sensor.",
    ),
    Fault(
        number=11,
        name="Upstream Protection Devices",
        advice="Circuit breaker or residual current device is open. Find out why before closing it again.",
        tab="energy",
        sub_tab="sockets",
    ),
    Fault(
        number=12,
        name="Power Meter Communication",
        advice="The power meter does not answer. Check its wiring, its address and its settings.",
        tab="energy",
        sub_tab="meters",
    ),
    Fault(
        number=13,
        name="Remote Authentication Communication",
        advice="The system that authorises charging does not answer. Check the network and that system.",
        tab="configuration",
        sub_tab="general",
    ),
    Fault(
        number=14,
        name="[Un]Plug Process",
        advice="A cable is plugged in without its vehicle. Take it out, or allow to leave it connected.",
        tab="configuration",
        sub_tab="general",
    ),
    Fault(
        number=15,
        name="Load tri-phase compliance",
        advice="The phases are not loaded as they are wired. Check the phases set for meter and contactor.",
        tab="energy",
        sub_tab="meters",
    ),
    Fault(
        number=16,
        name="Pfc Communication",
        advice="The energy manager that controls this station is silent. Check it and the network between.",
        tab="energy",
        sub_tab="advanced",
    ),
    Fault(
        number=17,
        name="Control Pilot (CP) Signal conformity",
        advice="The pilot signal of the vehicle is not as the standard asks. Try another vehicle and cable.",
    ),
    Fault(
        number=18,
        name="Plug Presence (PP) conformity",
        advice="The cable does not say for which current it is made. Try another cable.",
    ),
    Fault(
        number=19,
        name="Charge Alarm EV Disconnected",
        advice="The vehicle went away while it was charging. Check cable and vehicle inlet for damage.",
    ),
    Fault(
        number=20,
        name="Charge Alarm ShortCut",
        advice="The pilot is short-circuited to earth. Unplug the vehicle and check cable and plug.",
    ),
    Fault(
        number=21,
        name="Charge Alarm OverLoad",
        advice="The vehicle drew more current than it was offered. Unplug it; have the vehicle checked.",
    ),
    Fault(
        number=22,
        name="Charge Alarm Ventilation Not Allowed",
        advice="The vehicle asks for ventilation and the station stands indoors. Unplug the vehicle.",
        tab="configuration",
        sub_tab="general",
    ),
    Fault(
        number=24,
        name="Modem Communication",
        advice="The modem does not answer. Check its supply, its SIM card and the reception.",
        tab="configuration",
        sub_tab="network",
    ),
    Fault(
        number=30,
        name="Supervision Communication",
        advice="The supervision does not answer. Check the network and the supervision settings.",
        tab="configuration",
        sub_tab="supervision",
    ),
    Fault(
        number=31,
        name="NTP Server Communication",
        advice="The time server does not answer. Check its address and the network.",
        tab="configuration",
        sub_tab="time",
    ),
)

FAULTS: Mapping[int, Fault] = {fault.number: fault for fault in _ALL}
"""Every error of the guide, by its number; it leaves 2, 23 and 25..29 free."""
