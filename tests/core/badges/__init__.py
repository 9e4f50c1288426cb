"""Tests of the badge register."""
