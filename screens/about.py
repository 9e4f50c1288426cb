"""What the About dialog says of the product, the station and its visitors."""

from __future__ import annotations

from screens.cleaned import cleaned, fitted
from screens.texts import _
from screens.times import day_and_minute
from screens.visit import Visit, origin_words

COLUMN = 16
SERIAL = ("serial_number_part_1", "serial_number_part_2")


def about_lines(visit: Visit, key_fingerprint: str) -> list[str]:
    """Version, licence, station, its key, and everybody who is logged in."""
    station = visit.status.station
    facts = [
        (_("Program"), f"evtty {station.version}"),
        (_("Licence"), "Apache-2.0"),
        (_("Station"), cleaned(station.name)),
        (_("Family"), visit.hardware.family),
        (_("Serial number"), cleaned(" ".join(visit.hardware.identity.get(part, "") for part in SERIAL))),
        (_("Key"), key_fingerprint or "-"),
    ]
    lines = [f"{fitted(name, COLUMN)} {value}" for name, value in facts]
    people = [visit.person, *visit.others]
    lines += ["", _("Logged in:")]
    return lines + [
        f"  {person.account}, {cleaned(origin_words(person.origin))}, "
        + _("since {time}").format(time=day_and_minute(person.started, visit.zone))
        for person in people
    ]
