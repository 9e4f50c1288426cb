"""Tests of the power meters."""
