"""Modbus as the station speaks it: lines to meters and boards, shared by all that is on them."""

from core.modbus.line import ModbusLine
from core.modbus.lines import ModbusLines
from core.modbus.link import ModbusLink, read_modbus_link
from core.modbus.refusals import CannotSpeak, NoAnswer, Refused

__all__ = [
    "CannotSpeak",
    "ModbusLine",
    "ModbusLines",
    "ModbusLink",
    "NoAnswer",
    "Refused",
    "read_modbus_link",
]
