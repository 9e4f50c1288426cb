"""Tests of the Modbus lines."""
