"""Every setting of the product, in the order of the tabs; one module a sub-tab."""

from core.settings.catalogue.advanced import ADVANCED
from core.settings.catalogue.date_and_time import DATE_AND_TIME
from core.settings.catalogue.general import GENERAL
from core.settings.catalogue.meters import METERS
from core.settings.catalogue.network import NETWORK
from core.settings.catalogue.publication import PUBLICATION
from core.settings.catalogue.sockets import SOCKETS
from core.settings.catalogue.supervision import SUPERVISION
from core.settings.catalogue.wifi import WIFI

CATALOGUE = (
    *GENERAL,
    *NETWORK,
    *WIFI,
    *SUPERVISION,
    *DATE_AND_TIME,
    *ADVANCED,
    *SOCKETS,
    *METERS,
    *PUBLICATION,
)

__all__ = ["CATALOGUE"]
