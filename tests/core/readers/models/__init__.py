"""Models of badge readers, written from the frames of the devices and not from the drivers."""
