"""Invented charging sessions in the form of the real ones: two users, each at a charge point of its own."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core.replay.trondheim import RealSession, sessions

USERS = ("Anna", "Bela")
TITLES = "session_ID;Garage_ID;User_ID;Start_plugin;End_plugout;El_kWh"
ZONE = ZoneInfo("Europe/Oslo")


def repeatable(seed: int) -> random.Random:
    """Dice that fall alike in every run with the same seed."""
    return random.Random(seed)  # noqa: S311 - no secret


def sessions_text(count: int, chance: random.Random) -> str:
    """`count` sessions of each user, one after the other in time; every energy fits its time at 22 kW."""
    lines = [TITLES]
    for user in USERS:
        moment = datetime(2024, 6, 3, 6, 0, tzinfo=ZONE)
        for _ in range(count):
            start = moment + timedelta(minutes=chance.randint(1, 300))
            stay = timedelta(minutes=chance.randint(2, 900))
            most_kwh = 20.0 * stay.total_seconds() / 3600
            energy = f"{chance.uniform(0.05, min(most_kwh, 60.0)):.2f}".replace(".", ",")
            moment = start + stay
            lines.append(f"{len(lines)};G1;{user};{start:%d.%m.%Y %H:%M};{moment:%d.%m.%Y %H:%M};{energy}")
    return "\n".join(lines) + "\n"


def sessions_file(folder: Path, count: int, chance: random.Random) -> Path:
    path = folder / "sessions.csv"
    path.write_text(sessions_text(count, chance), encoding="utf-8")
    return path


def by_point(text: str, users: tuple[str, ...]) -> dict[int, list[RealSession]]:
    """The sessions of each of these users in a file's text, the first user at charge point 1."""
    found = tuple(sessions(text))
    return {n: [one for one in found if one.user == user] for n, user in enumerate(users, 1)}
