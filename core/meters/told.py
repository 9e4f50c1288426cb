"""What is told of a power meter, in words for an electrician."""

from __future__ import annotations

from core.meters.models import MODELS
from core.meters.poll import Known
from core.meters.setup import MeterSetup
from core.values.meters import MeterState, MeterStatus

INTERNAL = "Energy by the internal current measurement and the phase-neutral voltage."
SIMULATED = "The meter is simulated: the hardware profile names no other."
FALLBACK = "Energy is estimated with the internal measurement until it answers."


def status_of(setup: MeterSetup | None, known: Known) -> MeterStatus:
    """The status of a meter; None as setup: there is none."""
    if setup is None:
        return MeterStatus(words=INTERNAL)
    state = _state(known)
    reading = known.reading
    return MeterStatus(
        source=setup.model,
        state=state,
        words=_words(setup, known, state),
        place=setup.place,
        unit=setup.unit,
        serial="" if known.serial is None else str(known.serial),
        firmware="" if known.firmware is None else str(known.firmware),
        frequency=None if reading is None or reading.frequency is None else round(reading.frequency, 2),
        energy_wh=None if reading is None else reading.energy_wh,
        answered=known.answered,
    )


def _state(known: Known) -> MeterState:
    if known.reading is not None:
        return "answering"
    if not known.is_silent:
        return "waiting"
    return "not_found" if known.answered is None else "silent"


def _words(setup: MeterSetup, known: Known, state: MeterState) -> str:
    title = MODELS[setup.model].title
    if state == "answering" and setup.link is None:
        return SIMULATED
    if state == "answering":
        return f"The meter {title} answers."
    if state == "waiting":
        return f"The meter {title} is asked at {setup.place}."
    ceased = "No meter was found" if state == "not_found" else "The meter does not answer any more"
    return f"{ceased}: {known.reason}. {FALLBACK}"
