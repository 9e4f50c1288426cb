"""The meter models that there are, by the value of `meter.N.metering`."""

from collections.abc import Mapping
from types import MappingProxyType

from core.meters.iem_3x5x import IEM_3X5X
from core.meters.table import MeterModel

MODELS: Mapping[str, MeterModel] = MappingProxyType({"iem_3x5x": IEM_3X5X})
