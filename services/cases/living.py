"""What is recorded of somebody's health and of where they live, and the short forms of it, which hold no typed text.

The address stands apart from kind and region: whoever may know that somebody is housed need not know where.
"""

from dataclasses import dataclass
from enum import StrEnum


class AccommodationKind(StrEnum):
    """What kind of place it is."""

    SAFE_HOUSE = "safe_house"
    DISPERSED = "dispersed"
    FAMILY_UNIT = "family_unit"
    HOTEL_EMERGENCY = "hotel_emergency"
    PLACE_OF_SAFETY = "place_of_safety"
    ASYLUM_ACCOMMODATION = "asylum_accommodation"
    LOCAL_AUTHORITY_PLACEMENT = "local_authority_placement"
    PRIVATE = "private"
    DETAINED = "detained"


class Region(StrEnum):
    """Where it is, as roughly as whoever decides needs to know."""

    EAST_MIDLANDS = "east_midlands"
    EAST_OF_ENGLAND = "east_of_england"
    LONDON = "london"
    NORTH_EAST = "north_east"
    NORTH_WEST = "north_west"
    SOUTH_EAST = "south_east"
    SOUTH_WEST = "south_west"
    WEST_MIDLANDS = "west_midlands"
    YORKSHIRE_AND_THE_HUMBER = "yorkshire_and_the_humber"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """What helps to keep somebody well and safe."""

    needs: str | None = None
    urgent: bool | None = None
    pregnant: bool | None = None
    registered_with_doctor: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthSummary:
    """That there is a need, never which."""

    has_needs: bool | None = None
    urgent: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Accommodation:
    """Whether and how somebody is housed; no word that could name the place."""

    accommodated: bool | None = None
    kind: AccommodationKind | None = None
    region: Region | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccommodationSummary:
    """What the authority needs: housed or not, and in which region."""

    accommodated: bool | None = None
    region: Region | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SafeAddress:
    """Where somebody lives."""

    street: str | None = None
    town: str | None = None
    postcode: str | None = None
