"""The station's own network: what it answers to, and changes that must be confirmed."""
