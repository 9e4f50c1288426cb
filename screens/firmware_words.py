"""What is said of the firmware: what runs, what goes on, what a package is, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from core.api import FirmwareStatus, PackageView
from screens.cleaned import cleaned
from screens.keys_help import wrapped
from screens.texts import N_, _
from screens.times import day_and_minute
from screens.transfer_words import size_words

PARTS: Mapping[str, str] = {
    "tool": N_("commissioning tool"),
    "board": N_("electronic board"),
    "reader": N_("RFID reader"),
}
PLACES: Mapping[str, str] = {
    "": N_("as the machine has it installed"),
    "a": N_("from slot a"),
    "b": N_("from slot b"),
}


def runs_words(status: FirmwareStatus) -> str:
    """What runs, from where, and which packages it takes."""
    text = _("Version {version} runs, {place}.").format(version=status.version, place=_(PLACES[status.slot]))
    if not status.trusted:
        return f"{text} {_('No key is trusted: no package can be installed.')}"
    return f"{text} {_('Packages of {minimum} or newer are taken.').format(minimum=status.minimum)}"


def state_words(status: FirmwareStatus) -> str:
    """What goes on, with a figure that counts; "" for nothing."""
    waiting = "" if status.waiting is None else status.waiting.version
    percent = round(100 * status.far)
    if status.state == "receiving":
        return _("A package comes in: {size}.").format(size=size_words(status.received))
    if status.state == "verifying":
        return _("The package is verified: {percent} %.").format(percent=percent)
    if status.state == "writing":
        return _("The package is written: {percent} %. What runs stays untouched.").format(percent=percent)
    if status.state == "trial":
        return _("Version {version} is on trial.").format(version=waiting)
    if status.state == "waiting":
        text = _("Version {version} is written and waits for the restart").format(version=waiting)
        return f"{text} {_('when no charge is open.')}" if status.restarts_when_free else f"{text}."
    return ""


def outcome_words(status: FirmwareStatus, zone: ZoneInfo) -> str:
    """What became of the last package; "" for none."""
    last = status.outcome
    if last is None:
        return ""
    at = "" if last.at is None else f" {day_and_minute(last.at, zone)}"
    if last.result == "installed":
        return _("Last package: version {version} was installed{at}.").format(version=last.version, at=at)
    text = _("Last package: version {version} did not work{at} and was left again: {reason}.")
    return text.format(version=last.version, at=at, reason=cleaned(last.reason))


def package_lines(package: PackageView) -> list[str]:
    """What a package is, and its release notes."""
    parts = ", ".join(f"{_(PARTS[name])} {version}" for name, version in sorted(package.parts.items()))
    head = [
        _("It holds: {parts}.").format(parts=parts),
        _("Signed by {signer}.").format(signer=package.signer),
        _("After it, {minimum} or newer is taken.").format(minimum=package.minimum),
    ]
    notes = [cleaned(line) for line in package.notes.splitlines()]
    return [*wrapped(head), "", *wrapped(notes)]
