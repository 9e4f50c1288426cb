"""Tests of sharing energy."""
