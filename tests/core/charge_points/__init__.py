"""Tests of charge points."""
