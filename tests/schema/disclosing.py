"""A schema in which every group can be sent and is answered as it would be stored and read again."""

import json
from typing import Any

import strawberry
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLObjectType
from graphql import GraphQLSchema as CoreSchema
from strawberry.schema.config import StrawberryConfig

from schema.disclosures.account import AccountDisclosure
from schema.disclosures.child_protection import ChildProtectionDisclosure
from schema.disclosures.concern_input import ConcernInput
from schema.disclosures.contact import ContactDisclosure
from schema.disclosures.credibility import CredibilityDisclosure
from schema.disclosures.criminal_justice import CriminalJusticeDisclosure
from schema.disclosures.duty_to_notify import DutyToNotifyDisclosure
from schema.disclosures.evidence import EvidenceDisclosure
from schema.disclosures.exploiters import ExploitersDisclosure
from schema.disclosures.identity import IdentityDisclosure
from schema.disclosures.immigration import ImmigrationDisclosure
from schema.disclosures.referral_input import ReferralInput
from schema.disclosures.referrer import ReferrerDisclosure
from schema.disclosures.support_plan import SupportPlanDisclosure
from schema.scalars import SCALARS
from services.referrals.answers import GROUPS, Answers
from services.referrals.content import from_content, to_content

RECEIVED: list[Any] = []
"""The drafts the last operation made; a test reads what it sent."""


@strawberry.type
class Disclosures:
    identity: IdentityDisclosure | None = None
    contact: ContactDisclosure | None = None
    account: AccountDisclosure | None = None
    exploiters: ExploitersDisclosure | None = None
    evidence: EvidenceDisclosure | None = None
    referrer: ReferrerDisclosure | None = None
    immigration: ImmigrationDisclosure | None = None
    criminal_justice: CriminalJusticeDisclosure | None = None
    support_plan: SupportPlanDisclosure | None = None
    child_protection: ChildProtectionDisclosure | None = None
    credibility: CredibilityDisclosure | None = None
    duty_to_notify: DutyToNotifyDisclosure | None = None


@strawberry.type
class Query:
    answer: Disclosures | None = None

    @strawberry.field
    def referral(self, sent: ReferralInput) -> bool:
        RECEIVED[:] = [sent.draft("form-1", "2025-04")]
        return True

    @strawberry.field
    def concern(self, sent: ConcernInput) -> bool:
        RECEIVED[:] = [sent.draft()]
        return True


SCHEMA = strawberry.Schema(Query, config=StrawberryConfig(scalar_map=SCALARS))
CORE: CoreSchema = SCHEMA._schema


def stored(answers: Answers) -> Any:
    """The answers after a stay in the database."""
    return from_content(type(answers), json.loads(json.dumps(to_content(answers))))


def send(operation: str, sent: dict[str, Any]) -> Any:
    """The draft that this input makes."""
    kind = {"referral": "ReferralInput", "concern": "ConcernInput"}[operation]
    result = SCHEMA.execute_sync(f"query ($sent: {kind}!) {{ {operation}(sent: $sent) }}", {"sent": sent})
    assert result.errors is None, result.errors
    return RECEIVED[0]


def ask(disclosures: Disclosures, group: str, type_name: str) -> Any:
    """Every field of that group, as a client gets it."""
    wanted = selection(CORE.type_map[type_name])
    query = f"{{ answer {{ {group} {{ ... on {type_name} {wanted} }} }} }}"
    result = SCHEMA.execute_sync(query, root_value=Query(answer=disclosures))
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data["answer"][group]


def selection(kind: Any) -> str:
    """Every field of the type, and of the types inside it."""
    inside = {name: bare(field.type) for name, field in kind.fields.items()}
    fields = [
        f"{name} {selection(one)}" if isinstance(one, GraphQLObjectType) else name for name, one in inside.items()
    ]
    return f"{{ {' '.join(fields)} }}"


def bare(kind: Any) -> Any:
    """The type without its list and non-null wrappers."""
    return bare(kind.of_type) if isinstance(kind, GraphQLNonNull | GraphQLList) else kind


def filled(kind: Any, name: str = "") -> Any:
    """A value for every field of an input, each text telling which field it was sent in."""
    if isinstance(kind, GraphQLNonNull):
        return filled(kind.of_type, name)
    if isinstance(kind, GraphQLList):
        return [filled(kind.of_type, name), filled(kind.of_type, name)]
    if isinstance(kind, GraphQLInputObjectType):
        return {key: filled(field.type, key) for key, field in kind.fields.items()}
    if isinstance(kind, GraphQLEnumType):
        return list(kind.values)[-1]
    return {"Boolean": True, "Int": 3, "PartialDate": "2011-03", "String": f"text of {name}"}[kind.name]


def camel(name: str) -> str:
    """The name as the language writes it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def type_name(group: str) -> str:
    """The GraphQL type of a group."""
    return GROUPS[group].__name__
