"""The rows of the catalogue that exist on one station, each with its own key, choices and factory setting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from core.profile import HardwareProfile
from core.settings.catalogue import CATALOGUE
from core.settings.existence import exists_on
from core.values.setting import Choice, ChoiceKind, Kind, NumberKind, SecretKind, Setting, ShownWhen, Value

POINT = "{n}"
FAMILIES = ("parking", "city", "wallbox")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A setting on this station. `setting` holds no `{n}` any more and only the choices that exist here."""

    setting: Setting
    factory: Value
    shown: str = ""

    @property
    def key(self) -> str:
        return self.setting.key

    @property
    def secret(self) -> bool:
        return isinstance(self.setting.kind, SecretKind)


def station_rows(profile: HardwareProfile) -> tuple[Row, ...]:
    """Every setting of this station, in the order of the guide; all rows of a charge point together."""
    return tuple(
        _row(setting, point, profile)
        for setting, point in _by_point(profile)
        if exists_on(setting.exists, profile)
    )


def catalogue_keys() -> frozenset[str]:
    """Every key that some station has."""
    return frozenset(_catalogue())


def catalogue_setting(key: str) -> Setting | None:
    """The row of the catalogue that declares this key, None where there is none."""
    return _catalogue().get(key)


def is_secret(key: str) -> bool:
    """True for a key whose value is never shown; False for a key that there is not."""
    setting = catalogue_setting(key)
    return setting is not None and isinstance(setting.kind, SecretKind)


@cache
def _catalogue() -> Mapping[str, Setting]:
    return {
        setting.key.replace(POINT, str(point)): setting
        for setting in CATALOGUE
        for point in (1, 2)
        if point == 1 or POINT in setting.key
    }


def _by_point(profile: HardwareProfile) -> Iterable[tuple[Setting, int]]:
    """Each row with its charge point; a run of rows with `{n}` is gone through once a charge point."""
    run: list[Setting] = []
    for setting in CATALOGUE:
        if POINT in setting.key:
            run.append(setting)
            continue
        yield from _all_points(run, profile)
        run = []
        yield setting, 1
    yield from _all_points(run, profile)


def _all_points(run: list[Setting], profile: HardwareProfile) -> Iterable[tuple[Setting, int]]:
    return [(setting, point) for point in range(1, profile.charge_points + 1) for setting in run]


def _row(setting: Setting, point: int, profile: HardwareProfile) -> Row:
    number = str(point)
    resolved = msgspec.structs.replace(
        setting,
        key=setting.key.replace(POINT, number),
        kind=_kind(setting.kind, number, profile),
        shown_when=tuple(_shown_when(each, number) for each in setting.shown_when),
    )
    shown = profile.socket(point).rated_label if setting.factory_from == "rated_current" else ""
    return Row(setting=resolved, factory=_factory(setting, point, profile), shown=shown)


def _shown_when(condition: ShownWhen, number: str) -> ShownWhen:
    return ShownWhen(key=condition.key.replace(POINT, number), values=condition.values)


def _kind(kind: Kind, number: str, profile: HardwareProfile) -> Kind:
    if isinstance(kind, NumberKind) and kind.maximum_from:
        return msgspec.structs.replace(kind, maximum_from=kind.maximum_from.replace(POINT, number))
    if isinstance(kind, ChoiceKind):
        choices: list[Choice] = [choice for choice in kind.choices if exists_on(choice.exists, profile)]
        return ChoiceKind(choices=tuple(choices))
    return kind


def _factory(setting: Setting, point: int, profile: HardwareProfile) -> Value:
    if setting.factory_from:
        socket = profile.socket(point)
        facts: Mapping[str, Value] = {
            "mac_address": profile.mac_address,
            "position": point,
            "rated_current": socket.rated_current,
            "socket_type": socket.type.lower().replace("-", "_"),
        }
        return facts[setting.factory_from]
    if isinstance(setting.factory, Mapping):
        return next(
            value
            for name, value in setting.factory.items()
            if name in ("", profile.family) or (name not in FAMILIES and profile.has(name))
        )
    return setting.factory
