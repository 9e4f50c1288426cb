"""`meters`: where the energy is counted, and looking for power meters."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import msgspec

from console.commands.command import Argument, Call, Command
from console.commands.kinds import whole_number
from console.commands.output import columns
from console.commands.status import local_time
from console.texts import N_, _
from core.api import ChargePointStatus, FoundMeter, MeterSearch, MeterSearchRequest, MeterStatus, Station
from core.errors import NotFound, TryLater
from core.events import MeterSearchChanged

BAUDS = ("1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200")
PARITIES = ("N", "E", "O")


def number_range(minimum: int, maximum: int) -> Callable[[str], tuple[int, int]]:
    """A kind of argument: `7`, or `1-32`, both limits included."""
    one = whole_number(minimum, maximum)

    def read(text: str) -> tuple[int, int]:
        first, dash, last = text.partition("-")
        given = (one(first), one(last if dash else first))
        if given[0] > given[1]:
            raise argparse.ArgumentTypeError(
                _("a range such as {minimum}-{maximum} is expected, not {text!r}").format(
                    minimum=minimum, maximum=maximum, text=text[:40]
                )
            )
        return given

    return read


def several_of(allowed: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """A kind of argument: some of these words, with commas between them."""

    def read(text: str) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(text.split(",")))
        if set(given) <= set(allowed):
            return given
        raise argparse.ArgumentTypeError(
            _("some of {allowed} with commas between them are expected, not {text!r}").format(
                allowed=", ".join(allowed), text=text[:40]
            )
        )

    return read


def _phases(values: tuple[float, float, float], unit: str) -> str:
    return " / ".join(f"{value:g}" for value in values) + f" {unit}"


def meter_rows(point: ChargePointStatus, meter: MeterStatus, zone: str) -> list[tuple[str, str]]:
    """What is told of the meter of a charge point, label and value."""
    rows = [
        (_("Energy by"), meter.source),
        (_("State"), f"{meter.state}: {meter.words}" if meter.state != "none" else meter.words),
        (_("Current"), _phases(point.current, "A")),
        (_("Voltage"), _phases(point.voltage, "V")),
        (_("Power"), f"{point.power_w} W"),
    ]
    if meter.state == "none":
        return rows
    return [
        *rows,
        (_("Place"), meter.place),
        (_("Serial number"), meter.serial),
        (_("Firmware"), meter.firmware),
        (_("Frequency"), "" if meter.frequency is None else f"{meter.frequency:g} Hz"),
        (_("Its own register"), "" if meter.energy_wh is None else f"{meter.energy_wh / 1000:.3f} kWh"),
        (_("Answered last"), "" if meter.answered is None else local_time(meter.answered, zone)),
    ]


async def show(call: Call) -> None:
    status = await (await call.station()).status()
    told = [(point, point.meter or MeterStatus()) for point in status.charge_points]
    if call.json:
        live = ("current", "voltage", "power_w")
        meters = [
            {
                "point": point.point,
                **msgspec.structs.asdict(meter),
                **{name: getattr(point, name) for name in live},
            }
            for point, meter in told
        ]
        await call.answer({"meters": meters})
        return
    for point, meter in told:
        await call.say(_("Charge point {number}").format(number=point.point))
        rows = meter_rows(point, meter, status.station.zone)
        await call.out.data(columns([(f"  {label}", value or "-") for label, value in rows]))


async def find(call: Call) -> None:
    options = call.options
    station = await call.station()
    addresses, gateways = options.addresses or (0, 0), options.gateways or (0, 0)
    request = MeterSearchRequest(
        point=options.point,
        first_address=addresses[0],
        last_address=addresses[1],
        first_gateway=gateways[0],
        last_gateway=gateways[1],
        bauds=tuple(map(int, options.bauds or ())),
        parities=options.parities or (),
    )
    events = station.events()
    search = await station.find_meters(request)
    if not call.json:
        await call.out.message(_("{total} places are asked. Ctrl-C ends this.").format(total=search.total))
    told = 0
    try:
        async for event in events:
            if not isinstance(event, MeterSearchChanged):
                continue
            now = await station.meter_search()
            if now is None or now.session != search.session:
                break
            search = now
            for meter in search.found[told:]:
                await _tell(call, meter)
            told = len(search.found)
            if not search.running:
                break
        else:
            raise TryLater(_("The connection to the station was lost. The search has ended."))
    finally:
        await _leave(station, search)
    await _sum_up(call, search)


async def _leave(station: Station, search: MeterSearch) -> None:
    """Nobody searches on behalf of a command that was interrupted."""
    if search.running:
        await station.stop_finding_meters()


async def _tell(call: Call, meter: FoundMeter) -> None:
    if call.json:
        await call.answer({"meter": meter})
        return
    speech = "" if meter.baud is None else f", {meter.baud} {meter.parity}"
    where = _("{place}{speech}, address {address}").format(
        place=meter.place, speech=speech, address=meter.address
    )
    what = ""
    if meter.is_meter:
        what = f"{_phases(meter.voltage, 'V')} {meter.serial}".strip()
    await call.say(f"{where}: {what} {meter.words}".replace(":  ", ": ").rstrip(": "))
    if meter.fills and not meter.words:
        await call.say("  settings set " + " ".join(f"{key}={value}" for key, value in meter.fills.items()))


async def _sum_up(call: Call, search: MeterSearch) -> None:
    meters = sum(meter.is_meter for meter in search.found)
    if call.json:
        await call.answer(
            {
                "found": meters,
                "done": search.done,
                "total": search.total,
                "ended": search.ended,
                "reason": search.reason,
            }
        )
    else:
        text = _("{found} found at {done} of {total} places.").format(
            found=meters, done=search.done, total=search.total
        )
        await call.say(f"{text} {search.reason}".rstrip())
    if not meters:
        raise NotFound("No power meter was found. Check its wiring, supply and address.")


COMMANDS = (
    Command(words=("meters", "show"), summary=N_("Show where the energy is counted"), act=show),
    Command(
        words=("meters", "find"),
        usage="POINT [--addresses 1-32] [--gateways 130-162] [--bauds 19200,9600] [--parities N,E]",
        summary=N_("Look for the power meter of a charge point"),
        arguments=(
            Argument(name="point", help=N_("number of the charge point"), kind=whole_number(1, 99)),
            Argument(
                name="--addresses", help=N_("Modbus addresses to ask (1-32)"), kind=number_range(1, 255)
            ),
            Argument(
                name="--gateways",
                help=N_("last byte of the network addresses to ask (130-162)"),
                kind=number_range(130, 162),
            ),
            Argument(
                name="--bauds",
                help=N_("speeds of a serial port to try (19200,9600,38400)"),
                kind=several_of(BAUDS),
            ),
            Argument(
                name="--parities",
                help=N_("parities of a serial port to try (N,E)"),
                kind=several_of(PARITIES),
            ),
        ),
        act=find,
    ),
)
