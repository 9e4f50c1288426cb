"""The modem of the station: whether it answers (Err #24)."""
