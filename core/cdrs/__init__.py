"""Charge data records: their table and their file."""
