"""Tests of what is sent to and read from terminals."""
