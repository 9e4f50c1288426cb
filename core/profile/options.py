"""The options of a link, behind its question mark: what each driver understands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from core.errors import Problem

Option = tuple[str, str]
"""What the value may be: as a pattern, and in words."""

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
BAUD: Option = ("|".join(map(str, BAUDS)), f"one of {', '.join(map(str, BAUDS))}")
PARITY: Option = ("[NEO]", "N, E or O")
ORDER: Option = ("msb|lsb", "msb or lsb")
PREFIX: Option = ("[ -~]{1,20}", "1 to 20 printable characters")

SERIAL: Mapping[str, Option] = MappingProxyType({"baud": BAUD, "parity": PARITY})
"""Options of a serial line, without a meaning for a network address."""

FRAMING: Option = ("tcp|rtu", "tcp or rtu")
NETWORK = frozenset({"framing"})
"""Options of a network address, without a meaning for a serial line."""

UNIT: Option = ("[1-9]|[1-9][0-9]|1[0-9][0-9]|2[0-3][0-9]|24[0-7]", "1 to 247")

MODBUS: Mapping[str, Option] = MappingProxyType({**SERIAL, "framing": FRAMING})

OPTIONS: Mapping[str, Mapping[str, Option]] = MappingProxyType(
    {
        "evse_modbus": {**MODBUS, "unit": UNIT},
        "openevse_rapi": SERIAL,
        "iem_3x5x": MODBUS,
        "ascii_line": {
            **SERIAL,
            "terminator": ("any|crlf|cr|lf", "any, crlf, cr or lf"),
            "prefix": PREFIX,
            "order": ORDER,
            "beep": ("(?:[0-9A-Fa-f]{2}){1,16}", "1 to 16 bytes in hexadecimal"),
        },
        "pn532": {"baud": BAUD, "order": ORDER},
        "evdev": {"prefix": PREFIX, "order": ORDER},
    }
)
"""By driver; one that is not here takes none."""

MOST_OPTIONS = 10


def read_options(driver: str, link: str, where: str) -> tuple[dict[str, str], list[Problem]]:
    """The options of a link, and everything that is wrong with them; `where` is the key of the link."""
    try:
        parts = urlsplit(link)
        given = (
            parse_qsl(parts.query, strict_parsing=True, max_num_fields=MOST_OPTIONS) if parts.query else []
        )
    except ValueError:
        return {}, [_problem("{where}: options look like name=value&name=value, got {got}", where, got=link)]
    known = {
        name: option
        for name, option in OPTIONS.get(driver, {}).items()
        if name not in (NETWORK if parts.scheme == "serial" else SERIAL)
    }
    problems = []
    for name, value in given:
        if name not in known:
            problems.append(
                _problem(
                    "{where}: {name} is no option here. Options: {known}",
                    where,
                    name=name,
                    known=", ".join(known) or "none",
                )
            )
        elif not re.fullmatch(known[name][0], value):
            problems.append(
                _problem(
                    "{where}: {name} must be {allowed}, got {got}",
                    where,
                    name=name,
                    allowed=known[name][1],
                    got=value,
                )
            )
    if len(dict(given)) < len(given):
        problems.append(_problem("{where}: an option is given twice", where))
    return dict(given), problems


def _problem(template: str, where: str, **values: str) -> Problem:
    return Problem(template=template, values={"where": where, **values}, key=where)
