"""Real charging sessions, driven through the station once more."""
