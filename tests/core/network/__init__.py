"""The station's network: commit-confirm, and the drivers that carry it out."""
