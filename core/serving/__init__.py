"""The charge points in service: on the station's clock, for badges, and for systems outside."""

from core.serving.serving import Serving

__all__ = ["Serving"]
