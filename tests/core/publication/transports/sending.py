"""What the tests of transports share: settings as a table, a parcel, steps gathered."""

from __future__ import annotations

from collections.abc import Mapping

from core.publication.parcel import Parcel, Step, Transport
from core.publication.transports import Limits, make_transport
from tests.peers.authority import authority_pem

CANARY = "Canary-passw0rd"
QUICK = Limits(answer_s=2, taken_s=2, whole_s=10)

PARCEL = Parcel(
    name="3N1528.2026-11-22.12-14.csv",
    content="Charge number;Energy (kWh)\r\n14;1,500\r\n.13;é\r\n".encode(),
    station="3N152820234A1S1B7551700014",
    period="2026-11-22",
    first=12,
    last=14,
)


class Table:
    """Settings of Publication as a table of what differs from a usual one."""

    def __init__(self, protocol: str, changes: Mapping[str, str | int]) -> None:
        usual: dict[str, str | int] = {
            "server": "127.0.0.1",
            "authentication": "no",
            "username": "station",
            "password": CANARY,
            "security": "none",
            "sender": "station@example.org",
            "receivers": "records@example.org",
            "passive_mode": "yes",
            "path": "/upload/records",
            "field_name": "file",
        }
        self._protocol = protocol
        self._values = {**usual, **changes}

    def text(self, key: str) -> str:
        return self._protocol if key == "publication.protocol" else str(self._value(key))

    def number(self, key: str) -> int:
        return int(self._value(key))

    def _value(self, key: str) -> str | int:
        prefix = f"publication.{self._protocol}."
        assert key.startswith(prefix)
        return self._values[key.removeprefix(prefix)]


def transport(protocol: str, limits: Limits = QUICK, **changes: str | int) -> Transport:
    return make_transport(
        Table(protocol, changes), station=PARCEL.station, authorities=authority_pem(), limits=limits
    )


async def tried(way: Transport) -> tuple[bool, list[Step]]:
    steps: list[Step] = []
    return await way.test(steps.append), steps


def names(steps: list[Step]) -> list[str]:
    return [each.name for each in steps]
