"""Charging sessions of our own in the form of the data set, two users, with everything that can be wrong."""

from collections.abc import Mapping
from pathlib import Path

from core.replay.trondheim import RealSession, sessions

SAMPLE = Path(__file__).with_name("sample.csv")
USERS = ("Bk1-1", "Bk1-2")


def by_point() -> Mapping[int, list[RealSession]]:
    """The sample's sessions, one user a charge point."""
    found = list(sessions(SAMPLE.read_text(encoding="utf-8")))
    return {point: [each for each in found if each.user == user] for point, user in enumerate(USERS, 1)}
