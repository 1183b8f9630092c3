"""Which fields hold a name from a reference list, and so are not free text."""

from collections.abc import Mapping
from types import MappingProxyType

from services.referrals.form import queries as form
from services.referrals.paths import CORE, Place

ORGANISATION = Place(CORE, "organisation")
"""May also be given by its code, and has a check of its own: its list alone does not say who was designated."""

LISTED: Mapping[Place, str] = MappingProxyType(
    {
        place: question.list_name
        for place, question in form.questions().items()
        if question.list_name and place != ORGANISATION
    }
)
