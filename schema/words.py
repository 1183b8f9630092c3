"""The policy's words as enums of the language; import them from here."""

import strawberry

from policies.vocabulary import AccessLevel, Function, Relation

__all__ = ["AccessLevel", "Function", "Relation"]

strawberry.enum(
    Function, description='What an agency does in the National Referral Mechanism. Screens say "acting as".'
)
strawberry.enum(AccessLevel, description="What a person may do inside a function.")
strawberry.enum(Relation, description="How somebody stands to one record: the only reason to touch it.")
