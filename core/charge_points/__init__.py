"""A charge point: its signals, its board, and the life of its charging sessions."""
