"""What the central system may ask for: one row an action."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from core.ocpp.configuring import change_configuration, get_configuration
from core.ocpp.conversation import Answer, Refused
from core.ocpp.desk import Desk
from core.ocpp.diagnosing import get_diagnostics, get_log
from core.ocpp.frames import Call, Code, Payload
from core.ocpp.limiting import (
    clear_charging_profile,
    get_composite_schedule,
    set_charging_profile,
)
from core.ocpp.listing import get_local_list_version, send_local_list
from core.ocpp.ordering import (
    change_availability,
    clear_cache,
    data_transfer,
    remote_start,
    remote_stop,
    reset,
    unlock_connector,
)
from core.ocpp.reserving import cancel_reservation, reserve_now
from core.ocpp.schemas import Unfit, check
from core.ocpp.triggering import extended_trigger_message, trigger_message
from core.ocpp.trusting import (
    certificate_signed,
    delete_certificate,
    get_installed_certificate_ids,
    install_certificate,
)
from core.ocpp.updating import update_firmware

Handler = Callable[[Desk, Payload], Awaitable[Payload]]

ACTIONS: Mapping[str, Handler | None] = {
    "CancelReservation": cancel_reservation,
    "CertificateSigned": certificate_signed,
    "ChangeAvailability": change_availability,
    "ChangeConfiguration": change_configuration,
    "ClearCache": clear_cache,
    "ClearChargingProfile": clear_charging_profile,
    "DataTransfer": data_transfer,
    "DeleteCertificate": delete_certificate,
    "ExtendedTriggerMessage": extended_trigger_message,
    "GetCompositeSchedule": get_composite_schedule,
    "GetConfiguration": get_configuration,
    "GetDiagnostics": get_diagnostics,
    "GetInstalledCertificateIds": get_installed_certificate_ids,
    "GetLocalListVersion": get_local_list_version,
    "GetLog": get_log,
    "InstallCertificate": install_certificate,
    "RemoteStartTransaction": remote_start,
    "RemoteStopTransaction": remote_stop,
    "ReserveNow": reserve_now,
    "Reset": reset,
    "SendLocalList": send_local_list,
    "SetChargingProfile": set_charging_profile,
    "SignedUpdateFirmware": None,
    "TriggerMessage": trigger_message,
    "UnlockConnector": unlock_connector,
    "UpdateFirmware": update_firmware,
}
"""Every call of OCPP 1.6 and its security extension that goes to a charge point; None: not supported."""


def answering(desk: Desk) -> Answer:
    """What answers the calls of the central system."""

    async def answer(call: Call) -> Payload:
        if call.action not in ACTIONS:
            raise Refused(Code.NOT_IMPLEMENTED, "The station does not know this action.")
        handler = ACTIONS[call.action]
        if handler is None:
            raise Refused(Code.NOT_SUPPORTED, "The station does not support this action.")
        try:
            check("call", call.action, call.payload)
        except Unfit as fault:
            raise Refused(fault.code, fault.said) from None
        return await handler(desk, call.payload)

    return answer
