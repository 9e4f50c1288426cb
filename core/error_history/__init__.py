"""The station's errors as they came and went."""
