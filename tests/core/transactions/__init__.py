"""Tests of what the supervision is to be told of charges."""
