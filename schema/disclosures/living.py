"""Somebody's health, and where they live: whole or in short; the address is a group of its own."""

from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Annotated, Any, Final, Self

import strawberry

from policies.vocabulary import DataGroup
from schema.disclosures.phrases import NOTHING, SUMMARY_VERSION, VERSION
from schema.groups import Withheld, group
from services.cases import living
from services.cases.living import AccommodationKind, Region
from services.referrals.content import from_content

strawberry.enum(AccommodationKind, description="What kind of place somebody lives in.")
strawberry.enum(Region, description="A region or nation, as roughly as whoever decides needs to know.")

_ACCOMMODATED = "Whether somebody houses the person. Null: not said."
_REGION = "In which region or nation. Null: not said."


@strawberry.type(description="What helps to keep the person well.", directives=[group(DataGroup.HEALTH)])
class Health:
    version: int = strawberry.field(description=VERSION)
    needs: str | None = strawberry.field(description="What the person needs, in words. Null: not said.")
    urgent: bool | None = strawberry.field(description="Whether it cannot wait. Null: not said.")
    pregnant: bool | None = strawberry.field(description="Whether the person is pregnant. Null: not said.")
    registered_with_doctor: bool | None = strawberry.field(description="Whether a doctor has them. Null: not said.")

    @classmethod
    def of(cls, found: living.Health, version: int) -> Self:
        """The group as recorded."""
        return cls(version=version, **asdict(found))


@strawberry.type(description="That there is a need, never which.", directives=[group(DataGroup.HEALTH)])
class HealthSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    has_needs: bool | None = strawberry.field(description="Whether the person needs something. Null: not said.")
    urgent: bool | None = strawberry.field(description="Whether it cannot wait. Null: not said.")

    @classmethod
    def of(cls, found: living.HealthSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **asdict(found))


@strawberry.type(
    description="Whether and how the person is housed; never where.", directives=[group(DataGroup.ACCOMMODATION)]
)
class Accommodation:
    version: int = strawberry.field(description=VERSION)
    accommodated: bool | None = strawberry.field(description=_ACCOMMODATED)
    kind: AccommodationKind | None = strawberry.field(description="What kind of place. Null: not said.")
    region: Region | None = strawberry.field(description=_REGION)

    @classmethod
    def of(cls, found: living.Accommodation, version: int) -> Self:
        """The group as recorded."""
        return cls(version=version, **asdict(found))


@strawberry.type(
    description="Whether the person is housed, and the region.", directives=[group(DataGroup.ACCOMMODATION)]
)
class AccommodationSummary:
    version: int = strawberry.field(description=SUMMARY_VERSION)
    accommodated: bool | None = strawberry.field(description=_ACCOMMODATED)
    region: Region | None = strawberry.field(description=_REGION)

    @classmethod
    def of(cls, found: living.AccommodationSummary, version: int) -> Self:
        """The summary as stored beside that version."""
        return cls(version=version, **asdict(found))


@strawberry.type(
    description="Where the person lives: for whoever houses or places them; in an emergency before a second person.",
    directives=[group(DataGroup.SAFE_ADDRESS)],
)
class SafeAddress:
    version: int = strawberry.field(description=VERSION)
    street: str | None = strawberry.field(description="House and street. Null: not said.")
    town: str | None = strawberry.field(description="The town. Null: not said.")
    postcode: str | None = strawberry.field(description="The postcode. Null: not said.")

    @classmethod
    def of(cls, found: living.SafeAddress, version: int) -> Self:
        """The group as recorded; nobody reads a short form of it."""
        return cls(version=version, **asdict(found))


HealthDisclosure = Annotated[
    Health | HealthSummary | Withheld,
    strawberry.union("HealthDisclosure", description=f"Health: whole, in summary, or withheld. {NOTHING}"),
]
AccommodationDisclosure = Annotated[
    Accommodation | AccommodationSummary | Withheld,
    strawberry.union("AccommodationDisclosure", description=f"Housing: whole, in summary, or withheld. {NOTHING}"),
]
SafeAddressDisclosure = Annotated[
    SafeAddress | Withheld,
    strawberry.union("SafeAddressDisclosure", description=f"The address: whole or withheld, never in short. {NOTHING}"),
]

WHOLE: Final[Mapping[DataGroup, tuple[type, Any]]] = MappingProxyType(
    {
        DataGroup.HEALTH: (living.Health, Health),
        DataGroup.ACCOMMODATION: (living.Accommodation, Accommodation),
        DataGroup.SAFE_ADDRESS: (living.SafeAddress, SafeAddress),
    }
)
SHORT: Final[Mapping[DataGroup, tuple[type, Any]]] = MappingProxyType(
    {
        DataGroup.HEALTH: (living.HealthSummary, HealthSummary),
        DataGroup.ACCOMMODATION: (living.AccommodationSummary, AccommodationSummary),
    }
)
"""How each group is stored, and its type in the language."""


def shown(kinds: tuple[type, Any], content: Mapping[str, Any], version: int) -> Any:
    """The stored content in its type."""
    stored, shape = kinds
    return shape.of(from_content(stored, content), version)
