"""The sections on what the station is, and what is installed on it."""

from __future__ import annotations

from core.api import FirmwareStatus, Report
from screens.report.parts import Section, facts, section, table
from screens.texts import N_, _

IDENTITY = {
    "commercial_reference": N_("Commercial reference"),
    "factory_code": N_("Factory code"),
    "production_date": N_("Production date"),
    "production_revision": N_("Production revision"),
    "batch_number": N_("Batch number"),
    "unique_identifier": N_("Unique identifier"),
    "product_id": N_("Product id"),
    "serial_number_part_1": N_("Serial number part 1"),
    "serial_number_part_2": N_("Serial number part 2"),
}


def identity(report: Report) -> Section:
    """What was fixed at the factory."""
    hardware = report.hardware
    told = [(_(IDENTITY.get(name, name)), value) for name, value in hardware.identity.items()]
    told += [
        (_("Family"), hardware.family),
        (_("Charge points"), str(hardware.charge_points)),
        (_("Supply current"), _("{current} A per phase").format(current=hardware.supply_current)),
    ]
    return section(_("Identity"), facts(told))


def versions(report: Report) -> Section:
    """What is installed, one row a charge point, and how often the station was started."""
    heads = (_("Socket-outlet"), _("Electronic board"), _("Commissioning tool"), _("RFID reader"))
    rows = [(f".{row.designation}", row.board, row.tool, row.reader) for row in report.hardware.versions]
    boots = [(_("Boot counter"), str(report.starts))]
    return section(_("Installed versions"), table(heads, rows), facts([*boots, *_software(report.firmware)]))


def _software(firmware: FirmwareStatus | None) -> list[tuple[str, str]]:
    """Which slot runs, what the station takes, what waits, and what became of the last package."""
    if firmware is None:
        return []
    place = _("slot {slot}").format(slot=firmware.slot) if firmware.slot else _("of the machine")
    told = [
        (_("Software"), f"{firmware.version}, {place}"),
        (_("Takes packages"), _("from {version} on").format(version=firmware.minimum)),
    ]
    if firmware.waiting is not None:
        told.append((_("Waits for a restart"), firmware.waiting.version))
    last = firmware.outcome
    if last is not None:
        words = _("{version} was installed") if last.result == "installed" else _("{version} was left again")
        text = words.format(version=last.version)
        told.append((_("Last package"), f"{text}: {_(last.reason)}" if last.reason else text))
    return told
