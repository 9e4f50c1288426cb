"""Processes killed on purpose, a full disk, a damaged file: nothing that was acknowledged may be lost."""
