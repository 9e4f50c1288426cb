"""The settings of the station: declared once, stored, checked and explained."""
