"""The register of badges."""
