"""Firmware: packages, slots, and the software that runs from them."""
