"""What a register table of a meter model says."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["float32", "int64", "uint32", "uint16"]
Occasion = Literal["always", "sometimes", "once"]

WORDS: dict[Kind, int] = {"float32": 2, "int64": 4, "uint32": 2, "uint16": 1}
"""Registers of 16 bits that a value takes, high word first."""


class Register(msgspec.Struct, frozen=True):
    """A row: what is measured, at which wire address, how it is written, and what makes `unit` of it."""

    quantity: str
    wire: int
    kind: Kind
    scale: float
    unit: str


class Block(msgspec.Struct, frozen=True):
    """Registers that are read with one request.

    `when`: with every reading, every tenth one, or when the meter is found.
    """

    wire: int
    count: int
    when: Occasion


class MeterModel(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of meter. Where the voltages of `registers` are not plausible, those of `instead` are taken."""

    title: str
    blocks: tuple[Block, ...]
    registers: tuple[Register, ...]
    instead: tuple[Register, ...] = ()
