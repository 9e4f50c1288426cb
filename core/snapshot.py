"""What the station shows of itself: its hardware, and its status at this moment."""

from __future__ import annotations

import msgspec

from core.active_errors import active_errors
from core.boards.making import told_of, version_of
from core.light import light_now
from core.meters.setup import fixed_place
from core.parts import Parts
from core.values.status import Hardware, StationState, StationStatus, Versions


def hardware(parts: Parts) -> Hardware:
    """The facts of the profile that tabs and forms follow from."""
    profile = parts.profile
    identity: dict[str, str] = msgspec.structs.asdict(profile.identity)
    return Hardware(
        family=profile.family,
        charge_points=profile.charge_points,
        rfid_reader=profile.rfid_reader,
        key_lock=profile.key_lock,
        wifi_card=profile.wifi_card,
        modem=profile.modem,
        supply_current=profile.supply_current,
        phases=tuple(socket.phases for socket in profile.sockets),
        meter_places=tuple(fixed_place(profile, point) for point in range(1, profile.charge_points + 1)),
        simulated_board=profile.simulated_board,
        identity=identity,
        versions=tuple(
            Versions(
                designation=status.designation,
                board=version_of(parts.boards[status.point - 1], parts.firmware.image_version("board")),
                tool=parts.version,
                reader=_reader_version(parts) if status.point == 1 else "-",
            )
            for status in parts.charging.charge_points()
        ),
    )


def station_status(parts: Parts) -> StationStatus:
    """The snapshot that Live status shows."""
    restart_keys = parts.settings.restart_keys()
    return StationStatus(
        station=StationState(
            name=parts.profile.name,
            state="Restarting" if parts.ending.is_restarting else parts.charging.state(),
            light=light_now(parts),
            version=parts.version,
            restart_needed=bool(restart_keys),
            restart_keys=restart_keys,
            time=parts.clock.now(),
            zone=parts.settings.text("time.zone"),
            demo=parts.demo,
            restart_waiting=parts.ending.waiting,
        ),
        charge_points=parts.charging.charge_points(),
        errors=active_errors(parts.charging, parts.causes, parts.notices),
        links=_links(parts),
    )


def _reader_version(parts: Parts) -> str:
    if not parts.profile.rfid_reader:
        return "-"
    if parts.profile.reader.driver == "simulated":
        return f"simulated {parts.firmware.image_version('reader')}".rstrip()
    return parts.reader.version or "-"


def _links(parts: Parts) -> dict[str, str]:
    profile = parts.profile
    links = {**_board_links(parts), **_meter_links(parts)}
    if parts.bms.state:
        links["bms"] = parts.bms.state
    if profile.rfid_reader:
        links["reader"] = profile.reader.driver
    if parts.supervision.word:
        links["supervision"] = parts.supervision.word
    return {**links, "network": profile.network.driver, "clock": profile.clock.driver}


def _board_links(parts: Parts) -> dict[str, str]:
    """What each charge point is worked by, and whether it answers."""
    drivers = [link.driver for link in parts.profile.boards]
    told = [told_of(driver, board) for driver, board in zip(drivers, parts.boards, strict=True)]
    if len(told) == 1 or parts.profile.simulated_board:
        return {"board": told[0]}
    return {f"board {point}": words for point, words in enumerate(told, 1)}


def _meter_links(parts: Parts) -> dict[str, str]:
    """Where the energy of each charge point comes from, and whether it does."""
    points = range(1, parts.profile.charge_points + 1)
    told = {point: parts.meters.status(point) for point in points}
    return {
        "meter" if len(told) == 1 else f"meter {point}": meter.source
        if meter.state == "none"
        else f"{meter.source} {meter.state}"
        for point, meter in told.items()
    }
