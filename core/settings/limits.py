"""The upper limit of a number while another setting lowers it."""

from __future__ import annotations

from collections.abc import Mapping

from core.values.setting import NumberKind, Value


def upper_limit(kind: NumberKind, values: Mapping[str, Value]) -> int:
    """The limit in force: never above what the setting named by `maximum_from` has."""
    if kind.maximum_from is None:
        return kind.maximum
    return min(kind.maximum, int(values.get(kind.maximum_from, kind.maximum)))
