"""Which entries of the station's log are security events of OCPP (security whitepaper, chapter 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.firmware.keys import NOT_TRUSTED
from core.values.log import LogEntry

LONGEST = 255
COVER_OPEN = "Err #7"
WRONG_CERTIFICATE = "supervision_certificate_refused"
WRONG_OWN_CERTIFICATE = "client_certificate_refused"
NOT_LOGGED_IN = "supervision_log_in_refused"
PROTECTION = frozenset(
    {
        "supervision.security_profile",
        "supervision.authorization_key",
        "supervision.ca_certificate",
        "supervision.client_certificate",
        "supervision.client_key",
    }
)
"""The settings that protect the link."""

RECONFIGURED = "ReconfigurationOfSecurityParameters"

Read = Callable[[LogEntry], str]


def _always(event: str) -> Read:
    return lambda _: event


def _if(event: str, is_one: Callable[[LogEntry], bool]) -> Read:
    return lambda entry: event if is_one(entry) else ""


EVENTS: Mapping[str, Read] = {
    "started": _always("StartupOfTheDevice"),
    "restarted": _always("ResetOrReboot"),
    "clock_set": _always("SettingSystemTime"),
    "disk_full": _always("MemoryExhaustion"),
    "storage_recovered": _if("SecurityLogWasCleared", lambda entry: bool(entry.subject)),
    "error_raised": _if("TamperDetectionActivated", lambda entry: entry.new == COVER_OPEN),
    "firmware_installed": _always("FirmwareUpdated"),
    "firmware_refused": _if("InvalidFirmwareSignature", lambda entry: entry.subject == NOT_TRUSTED),
    "setting_changed": _if(RECONFIGURED, lambda entry: entry.subject in PROTECTION),
    "password_changed": _always(RECONFIGURED),
    "key_added": _always(RECONFIGURED),
    "key_removed": _always(RECONFIGURED),
    WRONG_CERTIFICATE: _always("InvalidCentralSystemCertificate"),
    WRONG_OWN_CERTIFICATE: _always("InvalidChargePointCertificate"),
    NOT_LOGGED_IN: _always("FailedToAuthenticateAtCentralSystem"),
}
"""By the action of the entry; a database that was set aside took its log with it."""


def event_of(entry: LogEntry) -> str:
    """The type of security event that an entry tells of; "" for none."""
    read = EVENTS.get(entry.action)
    return "" if read is None else read(entry)


def told(entry: LogEntry) -> str:
    """Who, whence and what, without values: one of them could be a secret."""
    parts = (entry.action, entry.account, entry.origin, entry.subject)
    line = " ".join(part for part in parts if part)
    return "".join(each if each.isprintable() else " " for each in line)[:LONGEST]
