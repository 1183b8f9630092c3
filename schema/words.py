"""The policy's words as enums of the language; import them from here."""

import strawberry

from policies.vocabulary import AccessLevel, Function

__all__ = ["AccessLevel", "Function"]

strawberry.enum(
    Function, description='What an agency does in the National Referral Mechanism. Screens say "acting as".'
)
strawberry.enum(AccessLevel, description="What a person may do inside a function.")
