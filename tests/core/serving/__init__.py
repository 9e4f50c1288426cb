"""Tests of the charge points in service: badges, orders from outside, what the supervision says."""
