"""What the About dialog says of the product, the station, its visitors and the parts it is made of."""

from __future__ import annotations

from screens.cleaned import cleaned, fitted
from screens.installed_parts import installed_parts, product, product_links
from screens.keys_help import wrapped
from screens.texts import _
from screens.times import day_and_minute
from screens.visit import Visit, origin_words

COLUMN = 14
NAME, VERSION = 26, 12
SERIAL = ("serial_number_part_1", "serial_number_part_2")


def about_lines(visit: Visit, key_fingerprint: str) -> list[str]:
    """Product, station and its key, help, everybody who is logged in, and every part with its licence."""
    return [
        *_product_lines(visit, key_fingerprint),
        "",
        *support_lines(),
        "",
        *_people_lines(visit),
        "",
        *part_lines(),
    ]


def _product_lines(visit: Visit, key_fingerprint: str) -> list[str]:
    hardware = visit.hardware
    serial = " ".join(hardware.identity.get(part, "") for part in SERIAL).strip()
    facts = [
        (_("Program"), f"{product().name} {visit.status.station.version}"),
        (_("Licence"), product().licence),
        (_("Station"), f"{visit.status.station.name}, {hardware.family}"),
        (_("Serial number"), serial),
        (_("Key"), key_fingerprint),
    ]
    facts += [
        (_("Plug {point}").format(point=f".{row.designation}"), _boards(row.board, row.reader))
        for row in hardware.versions
    ]
    return [f"{fitted(cleaned(name), COLUMN)} {cleaned(value) or '-'}" for name, value in facts]


def _boards(board: str, reader: str) -> str:
    if reader in {"", "-"}:
        return _("board {board}").format(board=board)
    return _("board {board}, badge reader {reader}").format(board=board, reader=reader)


def support_lines() -> list[str]:
    """How to get help: what to send, and where the makers are reached if they say so."""
    says = _(
        "Help: ? explains where you are. Whoever maintains this station will ask for the maintenance report: "
        "Maintenance, Report, x."
    )
    return wrapped([says, *(f"{cleaned(name)}: {cleaned(address)}" for name, address in product_links())])


def _people_lines(visit: Visit) -> list[str]:
    people = [visit.person, *visit.others]
    return [_("Logged in:")] + [
        f"  {person.account}, {cleaned(origin_words(person.origin))}, "
        + _("since {time}").format(time=day_and_minute(person.started, visit.zone))
        for person in people
    ]


def part_lines() -> list[str]:
    """Every library that the product is made of."""
    rows = [
        f"  {fitted(part.name, NAME)} {fitted(part.version, VERSION)} {part.licence or '-'}"
        for part in installed_parts()
    ]
    return [_("Made with:"), *(cleaned(row) for row in rows)]
