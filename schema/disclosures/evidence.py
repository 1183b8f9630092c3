"""What supports the account."""

from typing import Annotated, Self

import strawberry
from strawberry import UNSET

from policies.vocabulary import DataGroup
from schema.disclosures.additions import Extended
from schema.disclosures.mapping import said
from schema.disclosures.phrases import NOTHING, TEXT, VERSION
from schema.groups import Withheld, group, value
from services.referrals import answers as form


@strawberry.type(description="One file that came with the form.", directives=[value])
class Document:
    name: str = strawberry.field(description="The file's name as its sender gave it; treat it as text.")
    media_type: str = strawberry.field(description='The kind of file its sender claims, such as "application/pdf".')

    @classmethod
    def of(cls, document: form.Document) -> Self:
        """The document without the address it is fetched from, which is for the platform alone."""
        return cls(name=document.name, media_type=document.media_type)


@strawberry.type(
    description="What supports the account. Null in a field: not recorded.", directives=[group(DataGroup.EVIDENCE)]
)
class Evidence(Extended):
    version: int = strawberry.field(description=VERSION)
    description: str | None = strawberry.field(
        description="What the documents are and when each was made, in free text."
    )
    documents: list[Document] | None = strawberry.field(description="The files that came with the form, at most 100.")

    @classmethod
    def of(cls, answers: form.Evidence, version: int) -> Self:
        """The group as recorded."""
        documents = None if answers.documents is None else [Document.of(one) for one in answers.documents]
        return cls(version=version, description=answers.description, documents=documents)


EvidenceDisclosure = Annotated[
    Evidence | Withheld,
    strawberry.union(
        "EvidenceDisclosure",
        description=f"What supports the account: whole or withheld; it has no summary. {NOTHING}",
    ),
]


@strawberry.input(description="What supports the account. Leave out what is not known.")
class EvidenceInput:
    description: str | None = strawberry.field(
        default=UNSET, description=f"What evidence there is, and when each part of it was made. {TEXT}"
    )

    def answers(self) -> form.Evidence:
        """What was said, as the form's answers."""
        return form.Evidence(**said(self))
