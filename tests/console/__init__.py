"""Tests of the console process."""
