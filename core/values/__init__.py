"""The frozen values that cross the seam between the station and its users."""
