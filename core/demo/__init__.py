"""A living demonstration: invented badges, weeks of records, and cars that come and go."""

from core.demo.furnishing import furnish, is_demonstration
from core.demo.traffic import come_and_go

__all__ = ["come_and_go", "furnish", "is_demonstration"]
