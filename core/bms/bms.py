"""The building's Modbus as a part of the station: it answers while an external system may control it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from functools import partial

from core.audit import Note
from core.bms import control
from core.bms.answering import Answering
from core.bms.clients import may_come, own_network
from core.bms.control import PointControl
from core.bms.image import image
from core.bms.life import LIFE_SECONDS
from core.bms.listening import CannotListen, Endpoint, Listening
from core.causes import Causes
from core.clock import Clock
from core.errors import StorageFull
from core.profile import HardwareProfile
from core.profile.hardware import Subnet
from core.serving import Serving
from core.serving.gates import EXTERNAL_CONTROL
from core.settings.reader import SettingsReader
from core.storage import Storage
from core.values.status import ErrorStatus

MISSING = 16
"""The error while an energy manager that controls a charge point gives no sign of life."""

AGAIN_SECONDS = 10.0
"""s; so soon a port is tried again that could not be had."""


class BuildingLink:
    """Listens at `endpoint` (None: never). `errors` gives those of the station that are active."""

    def __init__(
        self,
        endpoint: Endpoint | None,
        profile: HardwareProfile,
        charging: Serving,
        errors: Callable[[], tuple[ErrorStatus, ...]],
        settings: SettingsReader,
        storage: Storage,
        clock: Clock,
        log: Callable[[Note], None],
        causes: Causes,
        changed: Callable[[], None],
    ) -> None:
        self._endpoint = endpoint
        self._profile = profile
        self._charging = charging
        self._errors = errors
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._log = log
        self._causes = causes
        self._changed = changed
        self._controls: Mapping[int, PointControl] = {}
        self._listening: Listening | None = None
        self._problem = ""
        self._try_at = 0.0
        self._told = ""

    async def tick(self) -> None:
        """Once a second: follow the setting, clear the life bits, notice silence."""
        if self._endpoint is None:
            return
        if not self._settings.is_on(EXTERNAL_CONTROL):
            await self._end()
        else:
            await self._listen(self._endpoint)
            for each in self._controls.values():
                await each.tick()
        lost = [str(point) for point, each in self._controls.items() if each.life.is_degraded]
        cause = f"no life bit for charge point {', '.join(lost)} for {LIFE_SECONDS:g} s" if lost else ""
        self._causes.set(MISSING, bool(lost), cause=cause, subject="energy manager")
        if self.state != self._told:
            self._told = self.state
            self._changed()

    async def stop(self) -> None:
        """Stop listening; who was in control is expected again after the restart."""
        if self._listening is not None:
            await self._listening.close()

    @property
    def state(self) -> str:
        """How the link is, in words for Live status; "" where the station has none."""
        if self._endpoint is None:
            return ""
        if self._problem:
            return f"cannot listen: {self._problem}"
        if self._listening is None or not self._listening.is_open:
            return "off"
        clients = len(self._listening.clients)
        words = [f"listening {' '.join(self._listening.places)}", f"clients {clients}"]
        if any(each.life.is_degraded for each in self._controls.values()):
            words.append("life bit missing: fallback current")
        elif any(each.life.is_expected for each in self._controls.values()):
            words.append("in control")
        return ", ".join(words)

    @property
    def has_clients(self) -> bool:
        """Somebody is connected."""
        return self._listening is not None and len(self._listening.clients) > 0

    # ------------------------------------------------------------ listening

    async def _listen(self, endpoint: Endpoint) -> None:
        if self._listening is None:
            await self._begin()
        if self._listening is None or self._listening.is_open or self._clock.elapsed() < self._try_at:
            return
        try:
            await self._listening.open(endpoint)
        except CannotListen as why:
            self._try_at = self._clock.elapsed() + AGAIN_SECONDS
            if str(why) != self._problem:
                self._problem = str(why)
                self._log(Note(kind="event", action="bms_cannot_listen", origin="plc", text=self._problem))
        else:
            self._problem = ""

    async def _begin(self) -> None:
        was_there = await self._storage.read(control.expected)
        self._controls = {
            point: PointControl(
                point,
                self._charging,
                self._settings,
                self._storage,
                self._clock,
                self._log,
                rated=socket.rated_current,
                expected=point in was_there,
            )
            for point, socket in enumerate(self._profile.sockets, 1)
        }
        self._listening = Listening(
            {point: self.answering(point) for point in self._controls},
            self._clock,
            may_come=lambda address: may_come(address, self._allowed()),
            second_address=lambda: self._settings.text("network.ip_address_2"),
        )

    async def _end(self) -> None:
        """External control was switched off; Serving forgets limits and orders by itself."""
        self._problem = ""
        if self._listening is None:
            return
        await self._listening.close()
        self._listening = None
        self._controls = {}
        # With a full disk its clients are expected after a restart: the fallback current holds then, no more.
        with contextlib.suppress(StorageFull):
            await self._storage.write(control.forget)

    # ------------------------------------------------------------ what clients get

    def answering(self, point: int) -> Answering:
        """What answers for a charge point, while an external system may control the station."""
        return Answering(partial(self._image, point), self._controls[point].write)

    def _image(self, point: int) -> Mapping[int, int]:
        return image(point, self._charging.charge_points(), self._errors(), self._controls[point].shown)

    def _allowed(self) -> tuple[Subnet, ...]:
        if self._profile.bms_clients:
            return self._profile.bms_clients
        return (
            own_network(
                self._settings.text("network.ip_address"), self._settings.text("network.subnet_mask")
            ),
        )
