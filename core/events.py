"""Facts that the station announces, in the past tense."""

from __future__ import annotations

import msgspec

from core.values.control import RestartPurpose


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A fact; small, frozen, and safe to lose when a fresher one of its kind follows."""


class StatusChanged(Event, frozen=True, kw_only=True, tag=True):
    """Something that Live status shows has changed; read `status()` for the snapshot."""


class SettingsChanged(Event, frozen=True, kw_only=True, tag=True):
    """Saved settings changed; `session` is who did it (0: the station itself)."""

    keys: tuple[str, ...]
    session: int
    account: str


class RecordAdded(Event, frozen=True, kw_only=True, tag=True):
    number: int


class BadgesChanged(Event, frozen=True, kw_only=True, tag=True):
    """The register of badges changed; ask for the page again."""


class LearningChanged(Event, frozen=True, kw_only=True, tag=True):
    """Learning began, ended, or a badge came; read `learning()`."""


class MeterSearchChanged(Event, frozen=True, kw_only=True, tag=True):
    """The search for a meter has come further, found something, or ended; read `meter_search()`."""


class PublicationChanged(Event, frozen=True, kw_only=True, tag=True):
    """Records were published, a file failed, a test of the connection took a step; read `publication()`."""


class NetworkChanged(Event, frozen=True, kw_only=True, tag=True):
    """A change of the network is on trial, was confirmed or taken back; read `network()`."""


class FirmwareChanged(Event, frozen=True, kw_only=True, tag=True):
    """A package came further, waits, or was taken back; read `firmware()`."""


class SessionsChanged(Event, frozen=True, kw_only=True, tag=True):
    """Somebody logged in or out."""


class LogAdded(Event, frozen=True, kw_only=True, tag=True):
    number: int


class StationRestarting(Event, frozen=True, kw_only=True, tag=True):
    """The station restarts now, and resets what it is restarted for; the link is lost and comes back."""

    by: str
    purpose: RestartPurpose = "restart"


class SessionEnded(Event, frozen=True, kw_only=True, tag=True):
    """The listener's own session was ended by the station.

    `reason` is one of `closed`, `password_changed`, `key_removed`, `logged_out`, `address_gone`. With the
    last, `address` is where the station answers next, on trial for `confirm_within_s`; 0: it is saved.
    """

    reason: str
    by: str
    address: str = ""
    confirm_within_s: int = 0


class ClockStepped(Event, frozen=True, kw_only=True, tag=True):
    """Wall-clock time jumped by `seconds` against elapsed time."""

    seconds: float


class TimeServerChanged(Event, frozen=True, kw_only=True, tag=True):
    """The time server answered or failed, or a test of it took a step; read `clock()`."""


class SupervisionChanged(Event, frozen=True, kw_only=True, tag=True):
    """The link to the supervision changed, carried a message, or a test took a step; read `supervision()`."""


AnyEvent = (
    StatusChanged
    | SettingsChanged
    | RecordAdded
    | BadgesChanged
    | LearningChanged
    | MeterSearchChanged
    | PublicationChanged
    | NetworkChanged
    | FirmwareChanged
    | SessionsChanged
    | LogAdded
    | StationRestarting
    | SessionEnded
    | ClockStepped
    | TimeServerChanged
    | SupervisionChanged
)
