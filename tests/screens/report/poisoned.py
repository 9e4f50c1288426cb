"""A report in which every free text is another one: what a station full of hostile texts would report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from core.api import Report

KEPT = {"zone"}
"""Looked up, never shown as it came."""


def poisoned(report: Report, text: str) -> Report:
    """`report` with `text` in the place of every text that is not one of a few fixed words."""
    changed: Report = _struct(report, text)
    return changed


def _struct(value: Any, text: str) -> Any:
    hints = get_type_hints(type(value))
    return msgspec.structs.replace(
        value,
        **{
            name: _value(getattr(value, name), hint, text)
            for name, hint in hints.items()
            if name in value.__struct_fields__ and name not in KEPT
        },
    )


def _value(value: Any, hint: Any, text: str) -> Any:
    if isinstance(value, msgspec.Struct):
        return _struct(value, text)
    if isinstance(value, Mapping):
        return {key: _value(each, str, text) for key, each in value.items()} | {text: text}
    if isinstance(value, tuple):
        (inner, *_rest) = get_args(hint) or (str,)
        return tuple(_value(each, inner, text) for each in value)
    is_free = hint is str or str in get_args(hint)
    return text if isinstance(value, str) and is_free and get_origin(hint) is not type(None) else value
