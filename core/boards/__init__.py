"""The electronic boards of charge points, by the driver that the hardware profile names."""
