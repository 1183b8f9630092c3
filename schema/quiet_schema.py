"""The language without a voice of its own in the log."""

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext


class QuietSchema(strawberry.Schema):
    """Strawberry logs every error with the query around it; the door logs what may be logged."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Leave it to the door."""
