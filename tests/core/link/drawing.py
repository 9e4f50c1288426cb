"""Draws any value of a type that crosses the seam."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=12),
    type(None): st.none(),
    None: st.none(),
    date: st.dates(),
    datetime: st.datetimes(
        min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis wants them without a zone
        timezones=st.sampled_from(
            [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-3))]
        ),
    ),
}


def anything_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type of the seam."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (Union, types.UnionType):
        return st.one_of(*(anything_of(one) for one in inside))
    if origin is tuple and inside[-1] is Ellipsis:
        return st.lists(anything_of(inside[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*(anything_of(one) for one in inside))
    if origin in (Mapping, dict):
        return st.dictionaries(anything_of(inside[0]), anything_of(inside[1]), max_size=3)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        return st.builds(kind, **{name: anything_of(hints[name]) for name in kind.__struct_fields__})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    raise TypeError(f"the seam has a type that no test can draw yet: {kind}")
