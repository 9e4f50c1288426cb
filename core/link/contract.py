"""What the link carries, taken from the Protocols of core.api: argument and result types of every method."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, get_origin, get_type_hints

import msgspec

from core import api
from core.errors import Invalid

Door = Literal["entrance", "station"]
READS = frozenset(
    {
        "welcome",
        "whoami",
        "hardware",
        "status",
        "settings",
        "records",
        "record",
        "record_days",
        "export_records",
        "export_config",
        "badges",
        "export_badges",
        "error_history",
        "firmware",
        "learning",
        "log",
        "verify_log",
        "keys",
        "meter_search",
        "network",
        "publication",
        "publish_now",
        "test_publication",
        "sessions",
        "supervision",
        "test_supervision",
        "sim_names",
        "events",
    }
)
"""Calls that run beside others. All the rest of a connection run one after the other."""


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """One method of a Protocol. `result` is the type of one event where `is_stream`."""

    name: str
    signature: inspect.Signature
    arguments: type[msgspec.Struct]
    result: Any
    is_stream: bool
    opens_station: bool

    @property
    def is_read(self) -> bool:
        return self.name in READS

    def pack(self, args: tuple[object, ...], kwargs: Mapping[str, object]) -> bytes:
        """Return the arguments as JSON; raises TypeError as a call would, Invalid for what does not fit."""
        bound = self.signature.bind(None, *args, **kwargs)
        given = {name: value for name, value in bound.arguments.items() if name != "self"}
        try:
            return msgspec.json.encode(given)
        except (OverflowError, ValueError):
            raise Invalid("This value holds characters or numbers that the station cannot take.") from None

    def unpack(self, packed: bytes | msgspec.Raw) -> dict[str, Any]:
        """Return the arguments that JSON holds; raises Invalid."""
        try:
            arguments = msgspec.json.decode(packed, type=self.arguments)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise Invalid(
                "The station does not understand the call {name}: {fault}", name=self.name, fault=fault
            ) from None
        return {name: getattr(arguments, name) for name in self.arguments.__struct_fields__}


def _method(protocol: type, name: str) -> Method:
    function = inspect.getattr_static(protocol, name)
    hints = get_type_hints(function)
    signature = inspect.signature(function)
    fields: list[Any] = []
    for parameter in list(signature.parameters.values())[1:]:
        field: tuple[Any, ...] = (parameter.name, hints[parameter.name])
        if parameter.default is not parameter.empty:
            field = (*field, parameter.default)
        fields.append(field)
    result = hints["return"]
    is_stream = get_origin(result) is AsyncIterator
    return Method(
        name=name,
        signature=signature,
        arguments=msgspec.defstruct(
            f"{protocol.__name__}_{name}", fields, frozen=True, kw_only=True, forbid_unknown_fields=True
        ),
        result=result.__args__[0] if is_stream else result,
        is_stream=is_stream,
        opens_station=result is api.Station,
    )


def methods(protocol: type) -> Mapping[str, Method]:
    """Return every public method of a Protocol and of those that it is made of."""
    names = [
        name
        for part in reversed(protocol.__mro__)
        for name, value in vars(part).items()
        if inspect.isfunction(value) and name[0] != "_"
    ]
    return MappingProxyType({name: _method(protocol, name) for name in names})


CONTRACT: Mapping[Door, Mapping[str, Method]] = MappingProxyType(
    {"entrance": methods(api.Entrance), "station": methods(api.Station)}
)
