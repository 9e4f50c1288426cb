"""`status`: the station, its charge points, what limits them, its errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from console.commands.command import Argument, Call, Command
from console.commands.output import columns
from console.commands.restart import waiting_words
from console.texts import N_, _
from core.api import ChargePointStatus, Station, StationStatus
from core.errors import TryLater
from core.events import ClockStepped, SettingsChanged, StationRestarting, StatusChanged

REFRESH_S = 5.0
PAUSE_S = 1.0


def local_time(moment: datetime, zone: str) -> str:
    """`moment` as a person at the station reads it."""
    from zoneinfo import ZoneInfo

    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def _phases(values: tuple[float, float, float], unit: str) -> str:
    return " / ".join(f"{value:g}" for value in values) + f" {unit}"


def charge_point_rows(point: ChargePointStatus, zone: str) -> list[tuple[str, str]]:
    """What is told of a charge point, label and value."""
    limits = ", ".join(f"{limit.source} {limit.current:g} A" for limit in point.limits)
    rows = [
        (_("EV state"), point.ev_state),
        (_("Cable state"), point.cable_state),
        (_("EVSE status"), ", ".join(point.evse_status)),
        (_("Outlet status"), point.outlet_status),
        (_("Last error"), point.last_error),
        (_("Last charge status"), point.last_charge_status),
        (_("Offered current"), f"{point.offered_current:g} A"),
        (_("Limits"), f"{limits} ({point.reason})" if point.reason else limits),
        (_("Current"), _phases(point.current, "A")),
        (_("Voltage"), _phases(point.voltage, "V")),
        (_("Power"), f"{point.power_w} W"),
        (_("Energy meter"), f"{point.energy_wh / 1000:.3f} kWh"),
    ]
    if point.session is not None:
        rows += [
            (_("Session"), f"{point.session.uid} {point.session.comment}".strip()),
            (_("Started"), local_time(point.session.started, zone)),
            (_("Energy"), f"{point.session.energy_wh / 1000:.3f} kWh"),
        ]
    if point.booking is not None:
        rows.append((_("Kept for"), f"{point.booking.uid or '-'} {local_time(point.booking.until, zone)}"))
    inputs = ", ".join(f"{name} {position}" for name, position in point.inputs.items())
    return [*rows, (_("Inputs"), inputs)]


def as_text(status: StationStatus) -> str:
    """The whole status for a person."""
    station = status.station
    rows = [
        (_("Station"), station.name),
        (_("State"), f"{station.state}, {_('light')} {station.light}"),
        (_("Version"), station.version),
        (_("Time"), f"{local_time(station.time, station.zone)} {station.zone}"),
    ]
    if station.restart_needed:
        rows.append((_("Restart needed for"), ", ".join(station.restart_keys)))
    if station.restart_waiting is not None:
        rows.append((_("Waits for free"), waiting_words(station.restart_waiting)))
    rows += [(name, state) for name, state in status.links.items()]
    text = columns(rows)
    for point in status.charge_points:
        title = _("Charge point {number}").format(number=point.point)
        text += f"\n{title}\n" + columns(
            [(f"  {label}", value or "-") for label, value in charge_point_rows(point, station.zone)]
        )
    text += f"\n{_('Errors')}\n"
    errors = [
        (
            f"  {error.number}",
            error.name,
            _("point {number}").format(number=error.point) if error.point else _("station"),
            local_time(error.since, station.zone),
            f"{error.cause}. {error.advice}" if error.cause else error.advice,
        )
        for error in status.errors
    ]
    return text + (columns(errors) or f"  {_('none')}\n")


async def snapshots(station: Station) -> AsyncIterator[StationStatus]:
    """The status now, and again whenever it changed, at most once a second, at least every 5 s."""
    changed = asyncio.Event()

    async def listen() -> None:
        async for event in station.events():
            if isinstance(event, StatusChanged | SettingsChanged | ClockStepped):
                changed.set()
            elif isinstance(event, StationRestarting):
                break
        ended.set()
        changed.set()

    ended = asyncio.Event()
    listener = asyncio.create_task(listen())
    try:
        while not ended.is_set():
            changed.clear()
            yield await station.status()
            await asyncio.sleep(PAUSE_S)
            try:
                await asyncio.wait_for(changed.wait(), REFRESH_S - PAUSE_S)
            except TimeoutError:
                continue
    finally:
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)
    raise TryLater(_("The station restarts, or the connection to it was lost. Try again in a moment."))


async def _show(call: Call, status: StationStatus) -> None:
    if call.json:
        await call.answer(status)
    else:
        await call.out.data(as_text(status))


async def status(call: Call) -> None:
    station = await call.station()
    if not call.options.watch:
        await _show(call, await station.status())
        return
    async for snapshot in snapshots(station):
        await _show(call, snapshot)
        if not call.json:
            await call.say("")


COMMANDS = (
    Command(
        words=("status",),
        usage="[--watch]",
        summary=N_("Show the station, its charge points with their limits, and its errors"),
        arguments=(Argument(name="--watch", help=N_("show it again whenever something changes"), flag=True),),
        act=status,
    ),
)
