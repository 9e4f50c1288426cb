"""A board that is simulated, with vehicle, cable, signals, inputs and what can go wrong with them."""

from __future__ import annotations

from core.charge_points.hardware import NO_CURRENT, Offer, Phases, Readings
from core.charge_points.signals import duty_percent, offered_by, resistor_of
from core.charge_points.vehicle import SUPPLY_VOLTAGE, PluggedVehicle
from core.values.simulation import Vehicle

FAULTS: tuple[str, ...] = (
    "anti_intrusion",
    "board_rating",
    "board_silent",
    "cable_left",
    "contactor",
    "ev_vanishes",
    "flap_sensor",
    "lock",
    "overload",
    "pilot",
    "plug_presence",
    "short_circuit",
    "surge_arrestor",
)
"""What can be made to go wrong at a simulated charge point."""

CITY_ONLY = frozenset({"flap_sensor"})
"""Faults of parts that only a city station has."""

WEAK_BOARD = 16.0
"""A that a board with the fault `board_rating` is built for."""

OVERDRAWN = 1.3
"""How much more than offered a vehicle draws with the fault `overload`."""


def fault_names(family: str) -> tuple[str, ...]:
    """The faults that a station of this family can have."""
    return FAULTS if family == "city" else tuple(name for name in FAULTS if name not in CITY_ONLY)


class SimulatedBoard:
    """The board of a charge point with everything that is connected to it.

    `attached`: the cable belongs to the station. `phases` of the socket. `inputs`: its contacts and their
    state.
    """

    def __init__(self, *, attached: bool, phases: int, inputs: dict[str, bool]) -> None:
        self._attached = attached
        self._phases = phases
        self._inputs = dict(inputs)
        self._faults: set[str] = set()
        self._vehicle: PluggedVehicle | None = None
        self._cable: int | None = None
        self._offer = Offer()
        self.light = "off"

    def show_light(self, light: str) -> None:
        """The lamp behind the front shows it, as long as the board has its supply."""
        self.light = light

    @property
    def occupied(self) -> bool:
        """A cable is in the socket-outlet, or a vehicle on the attached cable."""
        return self._vehicle is not None or self._cable is not None

    @property
    def reason(self) -> str:
        return "it is simulated, with the fault board_silent" if "board_silent" in self._faults else ""

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(self._inputs)

    def plug(self, vehicle: Vehicle, at: float) -> None:
        """Plug a vehicle in; single-phase where it, its cable or the socket is."""
        phases = min(vehicle.phases, self._phases)
        self._vehicle = PluggedVehicle(vehicle, phases=phases, at=at)
        self._cable = None if self._attached else vehicle.cable_current

    def open_switch(self, at: float) -> None:
        """The driver ends the charge at the vehicle, which opens its switch S2 before it can be unplugged."""
        if self._vehicle is not None:
            self._vehicle.leaving = True
            self._react(at)

    def unplug(self, at: float) -> None:
        """Take vehicle and cable away; the cable stays with the fault `cable_left`."""
        self._vehicle = None
        if "cable_left" not in self._faults:
            self._cable = None
        self._react(at)

    def set_input(self, name: str, closed: bool) -> None:
        self._inputs[name] = closed

    def set_fault(self, name: str, on: bool, at: float) -> None:
        """Make something go wrong, or right again. A left cable is taken out with the end of its fault."""
        if on:
            self._faults.add(name)
        else:
            self._faults.discard(name)
        if name == "ev_vanishes" and on:
            self._vehicle = None
        if name in {"cable_left", "ev_vanishes"} and not on and self._vehicle is None:
            self._cable = None
        self._react(at)

    def apply(self, offer: Offer, at: float) -> None:
        if "board_silent" not in self._faults:
            self._offer = offer
        self._react(at)

    def next_change(self, at: float) -> float | None:
        return None if self._vehicle is None else self._vehicle.next_change(at)

    def readings(self, at: float) -> Readings | None:
        if "board_silent" in self._faults:
            return None
        self._react(at)
        return Readings(
            pilot=self._pilot(at),
            modulated=self._modulated,
            diode_ok="pilot" not in self._faults,
            proximity=self._proximity(),
            phases=None if self._vehicle is None else self._vehicle.phases,
            current=self._current(),
            voltage=(SUPPLY_VOLTAGE,) * 3 if self._phases == 3 else (SUPPLY_VOLTAGE, 0.0, 0.0),
            contactor_closed=self._offer.closed != ("contactor" in self._faults),
            locked=self._offer.locked != ("lock" in self._faults),
            surge_arrestor_ok="surge_arrestor" not in self._faults,
            cover_closed="anti_intrusion" not in self._faults,
            flap_ok="flap_sensor" not in self._faults,
            built_for=WEAK_BOARD if "board_rating" in self._faults else None,
            inputs=dict(self._inputs),
        )

    @property
    def _modulated(self) -> bool:
        return self._offer.available and duty_percent(self._offer.current) is not None

    def _asks(self, at: float) -> bool:
        """The vehicle has closed S2: it wants current and sees a duty cycle."""
        return self._vehicle is not None and self._modulated and self._vehicle.asks(at)

    def _react(self, at: float) -> None:
        """Let the vehicle draw what it is offered; a silent board has opened its contactor by itself."""
        if self._vehicle is None:
            return
        closed = self._offer.closed and not self._faults & {"contactor", "board_silent", "short_circuit"}
        offered = offered_by(duty_percent(self._offer.current))
        wanted = min(offered, self._vehicle.vehicle.demand)
        if "overload" in self._faults:
            wanted = offered * OVERDRAWN
        self._vehicle.draw(wanted if closed and self._asks(at) else 0.0, at)

    def _pilot(self, at: float) -> float:
        if not self._offer.available:
            return -12.0
        if "short_circuit" in self._faults:
            return 0.0
        if self._vehicle is None:
            return 12.0
        if not self._asks(at):
            return 9.0
        return 3.0 if self._vehicle.vehicle.ventilation else 6.0

    def _proximity(self) -> float | None:
        if self._cable is None:
            return None
        return 5000.0 if "plug_presence" in self._faults else resistor_of(self._cable)

    def _current(self) -> Phases:
        if self._vehicle is None:
            return NO_CURRENT
        current = self._vehicle.current
        return (current, current, current) if self._vehicle.phases == 3 else (current, 0.0, 0.0)
