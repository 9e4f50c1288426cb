"""Boards at the far end of a line, written from their protocol descriptions."""
