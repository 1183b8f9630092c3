"""Which fields hold a name from a reference list, and so are not free text."""

from collections.abc import Mapping
from types import MappingProxyType

from services.referrals.paths import CORE, Place

LISTED: Mapping[Place, str] = MappingProxyType(
    {
        Place(CORE, "current_town"): "towns",
        Place(CORE, "current_region"): "regions",
        Place("account", "uk_towns"): "towns",
        Place("account", "countries"): "countries",
        Place("identity", "nationality"): "nationalities",
        Place("identity", "second_nationality"): "nationalities",
        Place("duty_to_notify", "nationality"): "nationalities",
        Place("duty_to_notify", "second_nationality"): "nationalities",
        Place("criminal_justice", "police_force"): "police_forces",
        Place("child_protection", "local_authority"): "local_authorities",
    }
)
