"""Tests of charge records."""
