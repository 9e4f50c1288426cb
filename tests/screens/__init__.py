"""Tests of the screens, on a real station in this process."""
