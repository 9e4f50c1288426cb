"""Where a meter may be: every place that a search asks, the likely ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from core.errors import Invalid
from core.meters.setup import link_of
from core.modbus import ModbusLink
from core.modbus.link import PORT
from core.profile import HardwareProfile
from core.profile.options import BAUDS
from core.settings.meter_place import neighbour
from core.settings.reader import SettingsReader
from core.values.meters import MeterSearchRequest

LIKELY_ADDRESSES = (2, 1, 30)
"""What the guide sets, what the meter has from its factory, and what the station has from its own."""

USUAL_ADDRESSES = (1, 32)
ADDRESSES = (1, 255)
ADDRESS_OF_ITSELF = 255
"""What a device on the network often calls itself."""

GATEWAYS = (130, 162)
USUAL_BAUDS = (19200, 9600, 38400)
USUAL_PARITIES = ("N", "E")
PARITIES = ("N", "E", "O")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A Modbus `unit` on a `link` (None: simulated); `gateway` is the last byte of its network address."""

    link: ModbusLink | None
    unit: int
    gateway: int | None = None

    @property
    def where(self) -> str:
        """The line that leads there."""
        return "" if self.link is None else self.link.place

    @property
    def words(self) -> str:
        """What is asked, in one line."""
        if self.link is None:
            return f"address {self.unit}"
        where = self.link.place if self.link.host else self.link.speech
        return f"{where}, address {self.unit}"


def candidates(
    profile: HardwareProfile, settings: SettingsReader, request: MeterSearchRequest
) -> tuple[Candidate, ...]:
    """Every place to ask, in order. Raises Invalid in the words of the range that is not kept."""
    point = request.point
    if not 1 <= point <= profile.charge_points:
        raise Invalid("There is no charge point {number}", number=point)
    link = link_of(profile, settings, point)
    units = _units(settings.number(f"meter.{point}.rtu_address"), request, network=bool(link and link.host))
    if link is None:
        return tuple(Candidate(link=None, unit=unit) for unit in units)
    if link.device:
        speeches = _speeches(link, request)
        return tuple(Candidate(link=speech, unit=unit) for speech in speeches for unit in units)
    if profile.meter(point).link:
        return tuple(Candidate(link=link, unit=unit) for unit in units)
    first, last = _range(
        (request.first_gateway, request.last_gateway),
        GATEWAYS,
        GATEWAYS,
        "Gateway addresses are {first} to {last}, got {got}",
    )
    own = settings.text("network.ip_address")
    likely = settings.number(f"meter.{point}.gateway_address")
    return tuple(
        Candidate(link=ModbusLink(host=neighbour(own, number), port=PORT), unit=unit, gateway=number)
        for number in _likely_first((likely,), range(first, last + 1))
        for unit in units
    )


def _units(set_now: int, request: MeterSearchRequest, *, network: bool) -> Sequence[int]:
    if not request.first_address and not request.last_address:
        usual = range(USUAL_ADDRESSES[0], USUAL_ADDRESSES[1] + 1)
        more = (ADDRESS_OF_ITSELF,) if network else ()
        return tuple(dict.fromkeys((set_now, *LIKELY_ADDRESSES, *more, *usual)))
    first, last = _range(
        (request.first_address, request.last_address),
        ADDRESSES,
        ADDRESSES,
        "Modbus addresses are {first} to {last}, got {got}",
    )
    return _likely_first((set_now, *LIKELY_ADDRESSES), range(first, last + 1))


def _speeches(link: ModbusLink, request: MeterSearchRequest) -> tuple[ModbusLink, ...]:
    if not set(request.bauds) <= set(BAUDS):
        raise Invalid("A speed is one of {all}", all=", ".join(map(str, BAUDS)))
    if not set(request.parities) <= set(PARITIES):
        raise Invalid("A parity is N, E or O")
    bauds = request.bauds or tuple(dict.fromkeys((link.baud, *USUAL_BAUDS)))
    parities = request.parities or tuple(dict.fromkeys((link.parity, *USUAL_PARITIES)))
    return tuple(
        msgspec.structs.replace(link, baud=baud, parity=parity) for baud in bauds for parity in parities
    )


def _range(
    given: tuple[int, int], allowed: tuple[int, int], usual: tuple[int, int], wrong: str
) -> tuple[int, int]:
    if given == (0, 0):
        return usual
    first, last = given[0] or given[1], given[1] or given[0]
    if not allowed[0] <= first <= last <= allowed[1]:
        raise Invalid(wrong, first=allowed[0], last=allowed[1], got=f"{first} to {last}")
    return first, last


def _likely_first(likely: Iterable[int], all_of_them: range) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*(each for each in likely if each in all_of_them), *all_of_them)))
