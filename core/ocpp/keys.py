"""The configuration keys of OCPP 1.6: one row each, and where its value is kept."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from core.ocpp.key_kinds import Flag, Kind, Text, Whole, Words
from core.ocpp.measurands import MEASURANDS
from core.ocpp.smart_charging.profiles import MOST_PERIODS, MOST_PROFILES, MOST_STACK_LEVEL
from core.ocpp.transfers.location import PROTOCOLS

SAMPLED = Words(known=tuple(MEASURANDS))
ENERGY = "Energy.Active.Import.Register"
MOST_KEYS_AT_ONCE = 100
MOST_CERTIFICATES = 4
"""So many certificates of authorities fit into their setting."""
LONGEST_LIST, MOST_AT_ONCE = 5000, 1000
"""Id tags of the local list, and of one message that changes it."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key of the central system.

    `kind` None: it cannot be changed. `own` is the value at first of a key that the station keeps for the
    central system alone; `setting` names the setting that holds the value, with its words by those of OCPP;
    `fact` names what the hardware says. `readable` False: a secret. `protects`: the link itself; tried
    before it is saved.
    """

    kind: Kind | None = None
    own: str | None = None
    setting: str = ""
    words: Mapping[str, str] = {}
    fact: str = ""
    readable: bool = True
    protects: bool = False


def _own(first: str, kind: Kind) -> Key:
    return Key(kind=kind, own=first)


def _always(value: str) -> Key:
    return Key(own=value)


KEYS: Mapping[str, Key] = {
    # Core
    "AllowOfflineTxForUnknownId": Key(
        kind=Flag(),
        setting="general.offline_strategy",
        words={"true": "allow_all", "false": "reject_all"},
    ),
    "AuthorizationCacheEnabled": _own("true", Flag()),
    "AuthorizeRemoteTxRequests": _own("false", Flag()),
    "ClockAlignedDataInterval": _own("0", Whole()),
    "ConnectionTimeOut": _own("60", Whole(least=10, most=3600)),
    "ConnectorPhaseRotation": Key(fact="phase_rotation"),
    "FreeChargeIdTag": _own("FREE", Text(least=1, most=20)),
    "GetConfigurationMaxKeys": _always(str(MOST_KEYS_AT_ONCE)),
    "HeartbeatInterval": _own("300", Whole()),
    "LocalAuthorizeOffline": _own("true", Flag()),
    "LocalPreAuthorize": Key(
        kind=Flag(),
        setting="supervision.authorisation_order",
        words={"true": "local_first", "false": "central_first"},
    ),
    "MaxEnergyOnInvalidId": _own("0", Whole(most=1_000_000)),
    "MeterValuesAlignedData": _own(ENERGY, SAMPLED),
    "MeterValuesAlignedDataMaxLength": _always(str(len(MEASURANDS))),
    "MeterValuesSampledData": _own(ENERGY, SAMPLED),
    "MeterValuesSampledDataMaxLength": _always(str(len(MEASURANDS))),
    "MeterValueSampleInterval": _own("60", Whole()),
    "MinimumStatusDuration": _own("0", Whole(most=3600)),
    "NumberOfConnectors": Key(fact="connectors"),
    "ResetRetries": _always("0"),
    "SupportedFileTransferProtocols": _always(PROTOCOLS),
    "StopTransactionOnEVSideDisconnect": _always("true"),
    "StopTransactionOnInvalidId": _own("true", Flag()),
    "StopTxnAlignedData": _always(""),
    "StopTxnAlignedDataMaxLength": _always("0"),
    "StopTxnSampledData": _always(""),
    "StopTxnSampledDataMaxLength": _always("0"),
    "SupportedFeatureProfiles": _always(
        "Core,FirmwareManagement,LocalAuthListManagement,RemoteTrigger,Reservation,SmartCharging"
    ),
    "TransactionMessageAttempts": _own("3", Whole(least=1, most=1000)),
    "TransactionMessageRetryInterval": _own("60", Whole(most=3600)),
    "UnlockConnectorOnEVSideDisconnect": _always("true"),
    "WebSocketPingInterval": Key(kind=Whole(most=3600), setting="supervision.ping_interval"),
    # SmartCharging
    "ChargeProfileMaxStackLevel": _always(str(MOST_STACK_LEVEL)),
    "ChargingScheduleAllowedChargingRateUnit": _always("Current,Power"),
    "ChargingScheduleMaxPeriods": _always(str(MOST_PERIODS)),
    "ConnectorSwitch3to1PhaseSupported": _always("false"),
    "MaxChargingProfilesInstalled": _always(str(MOST_PROFILES)),
    # LocalAuthListManagement
    "LocalAuthListEnabled": _own("true", Flag()),
    "LocalAuthListMaxLength": _always(str(LONGEST_LIST)),
    "SendLocalListMaxLength": _always(str(MOST_AT_ONCE)),
    # Reservation
    "ReserveConnectorZeroSupported": _always("true"),
    # Security (OCPP 1.6 security whitepaper)
    "AuthorizationKey": Key(
        kind=Text(most=40), setting="supervision.authorization_key", readable=False, protects=True
    ),
    "AdditionalRootCertificateCheck": _always("false"),
    "CertificateSignedMaxChainSize": _always("10000"),
    "CertificateStoreMaxLength": _always(str(MOST_CERTIFICATES)),
    "CpoName": _own("", Text(most=40)),
    "SecurityProfile": Key(kind=Whole(most=3), setting="supervision.security_profile", protects=True),
}
"""By its name; all that the central system may ask for."""

_FOLDED = {name.casefold(): name for name in KEYS}


def known_key(name: str) -> str | None:
    """The key of this name, whatever its capitals (CiString50Type); None where there is none."""
    return _FOLDED.get(name.casefold())
