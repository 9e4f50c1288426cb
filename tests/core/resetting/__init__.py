"""Tests of resets."""
