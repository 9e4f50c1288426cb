"""What the station follows of its configuration keys, and what the keys say of its hardware."""

from __future__ import annotations

from collections.abc import Mapping

from core.ocpp.configuration import Configuration
from core.profile import HardwareProfile
from core.settings.phase_order import PHASE_ORDERS
from core.settings.store import Settings
from core.transactions.sampling import Sampling, Supervision

LETTERS = {1: "R", 2: "S", 3: "T"}


def rules_for_charges(configuration: Configuration) -> Supervision:
    """What holds for charges; without measurands nothing is sampled."""
    number = configuration.number
    return Supervision(
        sampling=Sampling(
            interval_s=number("MeterValueSampleInterval")
            if configuration.words("MeterValuesSampledData")
            else 0,
            aligned_s=number("ClockAlignedDataInterval")
            if configuration.words("MeterValuesAlignedData")
            else 0,
        ),
        plug_within_s=float(number("ConnectionTimeOut")),
        stop_on_invalid=configuration.is_on("StopTransactionOnInvalidId"),
        energy_on_invalid_wh=number("MaxEnergyOnInvalidId"),
        remembers=configuration.is_on("AuthorizationCacheEnabled"),
        decides_alone=configuration.is_on("LocalAuthorizeOffline"),
    )


def facts_of(profile: HardwareProfile, settings: Settings) -> Mapping[str, str]:
    """What the hardware says, by the names of `Key.fact`."""
    rotations = [
        f"{number}.{'NotApplicable' if socket.phases == 1 else _rotation(settings, number)}"
        for number, socket in enumerate(profile.sockets, 1)
    ]
    return {
        "connectors": str(profile.charge_points),
        "phase_rotation": ",".join(["0.Unknown", *rotations]),
    }


def _rotation(settings: Settings, point: int) -> str:
    """The network phases on the contactor, as ConnectorPhaseRotation writes them."""
    return "".join(LETTERS[phase] for phase in PHASE_ORDERS[settings.text(f"meter.{point}.phases")].contactor)
