"""What administrators send about an agency's identity provider: register, change, close, and its secret."""

import strawberry
from strawberry import UNSET

from schema.node import given_uuid
from services.people import changes
from services.people.acts import Single
from services.people.changes import Change, SingleAct

WHOSE = "The agency. Left out: your own. Another's: for the platform's administrators."


@strawberry.input(
    description="Other addresses for an agency's identity provider, or another level. What is left out stays. Everybody"
    " who signed in through it is signed out; a closed one is open again. For the platform's administrators."
)
class ChangeProviderInput:
    agency_id: strawberry.ID = strawberry.field(description="The agency.")
    slug: str = strawberry.field(description="The provider's short name.")
    issuer: str | None = strawberry.field(default=UNSET, description="Its issuer, as its own metadata says it.")
    client_id: str | None = strawberry.field(default=UNSET, description="How the provider knows this platform.")
    step_up_acr: str | None = strawberry.field(
        default=UNSET, description="The level with which it proves a step-up, as its tokens name it."
    )

    def change(self) -> Change:
        """As the service takes it."""
        agency = given_uuid(self.agency_id, "Agency")
        return changes.change_provider(
            agency, self.slug, self.issuer or None, self.client_id or None, self.step_up_acr or None
        )


@strawberry.input(description="Closing an identity provider, at once: whoever signed in through it is signed out.")
class CloseProviderInput:
    agency_id: strawberry.ID | None = strawberry.field(default=UNSET, description=WHOSE)
    slug: str = strawberry.field(description="The provider's short name.")

    def act(self) -> SingleAct:
        """As the service takes it."""
        agency = given_uuid(self.agency_id, "Agency") if self.agency_id else None
        return SingleAct(Single.PROVIDER_CLOSE, {"slug": self.slug}, agency)


@strawberry.input(description="The secret that an identity provider gave for this platform. It is never shown again.")
class SetProviderSecretInput:
    agency_id: strawberry.ID | None = strawberry.field(default=UNSET, description=WHOSE)
    slug: str = strawberry.field(description="The provider's short name.")
    secret: str = strawberry.field(description="The secret. At most 255 characters.")

    def act(self) -> SingleAct:
        """As the service takes it."""
        agency = given_uuid(self.agency_id, "Agency") if self.agency_id else None
        return SingleAct(Single.PROVIDER_SECRET_SET, {"slug": self.slug, "secret": self.secret}, agency)
