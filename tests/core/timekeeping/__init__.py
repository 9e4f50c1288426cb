"""Tests of the station's timekeeping."""
