"""The station's timekeeping: setting the clock by hand, following a time server, noticing steps."""
