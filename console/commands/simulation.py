"""`sim`: vehicles, badges, inputs and faults on a simulated board."""

from __future__ import annotations

from console.commands.command import Argument, Call, Command
from console.commands.kinds import amount, whole_number
from console.texts import N_, _
from core.api import PlugOutcome, Vehicle

POINT = Argument(name="point", help=N_("number of the charge point"), kind=whole_number(1, 99))
CABLES = {"13": 13, "20": 20, "32": 32, "63": 63}


async def _done(call: Call, outcome: PlugOutcome) -> None:
    if call.json:
        await call.answer({"charge_point": outcome.status, "record": outcome.record}, changed=outcome.changed)
        return
    status = outcome.status
    await call.say(f"{status.ev_state}, {status.cable_state}, {', '.join(status.evse_status)}")
    if outcome.record is not None:
        await call.say(
            _("Record {number}: {energy:.3f} kWh").format(
                number=outcome.record.number, energy=outcome.record.energy_kwh
            )
        )


async def _said(call: Call) -> None:
    if call.json:
        await call.answer({}, changed=True)
    else:
        await call.say(_("Done."))


async def plug(call: Call) -> None:
    options = call.options
    energy_wh = None if options.energy is None else round(options.energy * 1000)
    vehicle = Vehicle(
        phases=3 if options.phases == "3" else 1,
        cable_current=CABLES[options.cable],
        demand=options.demand,
        energy_wh=energy_wh,
    )
    await _done(call, await (await call.station()).sim_plug(options.point, vehicle))


async def unplug(call: Call) -> None:
    await _done(call, await (await call.station()).sim_unplug(call.options.point))


async def badge(call: Call) -> None:
    await (await call.station()).sim_badge(call.options.uid, call.options.point)
    await _said(call)


async def set_input(call: Call) -> None:
    options = call.options
    await (await call.station()).sim_input(options.point, options.name, options.position == "closed")
    await _said(call)


async def fault(call: Call) -> None:
    options = call.options
    await (await call.station()).sim_fault(options.point, options.name, options.switch == "on")
    await _said(call)


async def speed(call: Call) -> None:
    await (await call.station()).sim_speed(call.options.factor)
    await _said(call)


COMMANDS = (
    Command(
        words=("sim", "plug"),
        usage="POINT [--phases 1/3] [--cable A] [--demand A] [--energy KWH]",
        summary=N_("Connect a vehicle"),
        arguments=(
            POINT,
            Argument(name="--phases", help=N_("phases of the vehicle (3)"), choices=("1", "3"), default="3"),
            Argument(
                name="--cable", help=N_("what the cable carries, A (32)"), choices=tuple(CABLES), default="32"
            ),
            Argument(
                name="--demand",
                help=N_("what the vehicle draws at most, A (32)"),
                kind=amount(80),
                default=32.0,
            ),
            Argument(name="--energy", help=N_("what it takes before it is full, kWh"), kind=amount(10_000)),
        ),
        act=plug,
    ),
    Command(
        words=("sim", "unplug"),
        usage="POINT",
        summary=N_("Disconnect the vehicle"),
        arguments=(POINT,),
        act=unplug,
    ),
    Command(
        words=("sim", "badge"),
        usage="UID [--point N]",
        summary=N_("Hold a badge to the reader"),
        arguments=(
            Argument(name="uid", help=N_("identifier of the badge, hexadecimal")),
            Argument(
                name="--point",
                help=N_("the charge point chosen, where there are two"),
                kind=whole_number(1, 99),
            ),
        ),
        act=badge,
    ),
    Command(
        words=("sim", "input"),
        usage="POINT NAME open/closed",
        summary=N_("Open or close an input"),
        arguments=(
            POINT,
            Argument(name="name", help=N_("push_button, key_lock, ...")),
            Argument(name="position", help=N_("open or closed"), choices=("open", "closed")),
        ),
        act=set_input,
    ),
    Command(
        words=("sim", "fault"),
        usage="POINT NAME on/off",
        summary=N_("Let a fault come or go"),
        arguments=(
            POINT,
            Argument(name="name", help=N_("the fault's name; reader is lost for all charge points")),
            Argument(name="switch", help=N_("on or off"), choices=("on", "off")),
        ),
        act=fault,
    ),
    Command(
        words=("sim", "speed"),
        usage="FACTOR",
        summary=N_("Let the station's time run faster; 0 holds it"),
        arguments=(Argument(name="factor", help=N_("station seconds per second"), kind=amount(100_000)),),
        act=speed,
    ),
)
