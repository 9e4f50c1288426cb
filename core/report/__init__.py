"""The maintenance report: gathered by the calls of whoever asks, so that it tells them nothing more."""
