"""Reads a hardware profile from TOML; every problem is named with its key."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import get_args

import msgspec

from core.errors import Invalid, NotFound, Problem
from core.profile.boards import check_boards
from core.profile.building import bms_clients
from core.profile.drivers import BOARD, CLOCK, METER, READER, driver_link, driver_links
from core.profile.firmware import firmware_keys
from core.profile.hardware import Family, HardwareProfile, Identity, Socket, SocketType
from core.profile.network import network_port
from core.profile.table import Table

SHIPPED = ("parking-2", "parking-1", "city-2", "wallbox-rfid", "wallbox-key")
"""The profiles that come with the product; the first is the default."""

RATED_CURRENT = 32
MOST_SUPPLY_CURRENT = 400
LONGEST_FILE = 100_000

ATTACHED_ONLY = ("T1",)
OUTLET_ONLY = ("T3", "TE", "T2-TE")
SINGLE_PHASE_ONLY = ("T1", "TE")


def load_profile(name_or_path: str) -> HardwareProfile:
    """The shipped profile of that name, or the one in that file.

    Raises NotFound when there is neither, Invalid with every problem when it cannot be used.
    """
    if name_or_path in SHIPPED:
        text = (
            resources.files("core").joinpath("profiles", f"{name_or_path}.toml").read_text(encoding="utf-8")
        )
        return parse_profile(text, name=name_or_path)
    path = Path(name_or_path)
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise NotFound(
            "Hardware profile {name}: neither a readable file ({reason}) nor one of {shipped}",
            name=name_or_path,
            reason=error.strerror if isinstance(error, OSError) and error.strerror else "not a file name",
            shipped=", ".join(SHIPPED),
        ) from None
    if len(raw) > LONGEST_FILE:
        raise Invalid("Hardware profile {name}: longer than {most} bytes", name=path, most=LONGEST_FILE)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("Hardware profile {name}: is not UTF-8 text", name=path) from None
    return parse_profile(text, name=path.stem)


def parse_profile(text: str, *, name: str) -> HardwareProfile:
    """The profile that this TOML text describes; `name` is used where it names no station. Raises Invalid."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid("Hardware profile {name}: is not TOML: {reason}", name=name, reason=error) from None
    problems: list[Problem] = []
    profile = _read(Table(values, "", problems), name)
    if problems:
        raise Invalid.from_problems(problems)
    return profile


def _read(table: Table, name: str) -> HardwareProfile:
    family: Family = msgspec.convert(table.choice("family", get_args(Family)), Family)
    wallbox = family == "wallbox"
    points = table.number("charge_points", range(1, 3))
    if wallbox and points != 1:
        table.wrong("charge_points", "{where}: a wallbox has 1 charge point, got {got}", got=points)
    key_lock, wifi_card = table.yes_no("key_lock", False), table.yes_no("wifi_card", False)
    for key, there in (("key_lock", key_lock), ("wifi_card", wifi_card)):
        if there and not wallbox:
            table.wrong(key, "{where}: only a wallbox can have it; family is {family}", family=family)
    sockets = tuple(_socket(each) for each in table.tables("socket"))
    if len(sockets) != points:
        table.wrong(
            "socket",
            "{where}: one [[socket]] a charge point is needed: {points}, got {got}",
            points=points,
            got=len(sockets),
        )
    rated = sum(each.rated_current for each in sockets) or RATED_CURRENT
    profile = HardwareProfile(
        name=table.text("name", 20, name[:20]),
        family=family,
        charge_points=points,
        rfid_reader=table.yes_no("rfid_reader"),
        key_lock=key_lock,
        wifi_card=wifi_card,
        modem=table.yes_no("modem", False),
        supply_current=table.number("supply_current", range(1, MOST_SUPPLY_CURRENT + 1), rated),
        sockets=sockets,
        identity=_identity(table.table("identity")),
        boards=driver_links(table, "board", BOARD, (points,)),
        reader=driver_link(table.table("reader"), READER),
        meters=driver_links(table, "meter", METER, (1, points)),
        network=network_port(table.table("network"), wifi_card=wifi_card),
        clock=driver_link(table.table("clock"), CLOCK),
        firmware_keys=firmware_keys(table.table("firmware")),
        bms_clients=bms_clients(table.table("bms")),
    )
    check_boards(profile, table)
    table.finish()
    return profile


def _socket(table: Table) -> Socket:
    kind = table.choice("type", get_args(SocketType))
    cable = table.choice("cable", ("attached", "socket-outlet"))
    phases = table.number("phases", range(1, 4, 2))
    if kind in ATTACHED_ONLY and cable != "attached":
        table.wrong("cable", "{where}: type {type} only exists as an attached cable", type=kind)
    if kind in OUTLET_ONLY and cable != "socket-outlet":
        table.wrong("cable", "{where}: type {type} only exists as a socket-outlet", type=kind)
    if kind in SINGLE_PHASE_ONLY and phases != 1:
        table.wrong("phases", "{where}: type {type} has 1 phase, got {got}", type=kind, got=phases)
    rated = table.number("rated_current", range(RATED_CURRENT, RATED_CURRENT + 1), RATED_CURRENT)
    table.finish()
    return msgspec.convert({"type": kind, "cable": cable, "phases": phases, "rated_current": rated}, Socket)


def _identity(table: Table) -> Identity:
    texts = {field: table.text(field, 60) for field in Identity.__struct_fields__}
    table.finish()
    return Identity(**texts)
