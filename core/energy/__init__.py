"""How much current a charge point may offer, and how two of them share a supply."""
