"""What must hold between several settings, or between settings and hardware; and what is worth knowing."""

from core.settings.rules.check import find_notes, find_problems

__all__ = ["find_notes", "find_problems"]
