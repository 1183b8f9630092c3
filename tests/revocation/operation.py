"""What an operation is that somebody's access ends in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
from graphql import FieldNode, OperationDefinitionNode, parse

from tests.world.platform import Person

Given = Mapping[str, Any]
BYTES = b"What was said.\n"
DONE = (200, 201)


def reference_of(given: Given) -> str | None:
    """What an answer that tells of a record contains, unless the operation says otherwise."""
    return str(given["reference"])


def nothing_to_find(_: Given) -> None:
    """That there is an answer shows it: a page, or a file."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document, who runs it, on which record of the world, and its variables; or a method and an address, such as
    `GET /letters/{letter}.pdf`, of which the variables are parts."""

    document: str
    subject: str
    record: str
    variables: Callable[[Given], Mapping[str, Any]]
    writes: bool = False
    begins: bool = False
    """It is about no record yet, so that only what ends the actor's own standing ends it."""
    mark: Callable[[Given], str | None] = reference_of

    @property
    def kind(self) -> str:
        """The field of Query or Mutation that it asks for, or its method and address."""
        if self._is_door:
            return self.document
        (operation,) = (node for node in parse(self.document).definitions if isinstance(node, OperationDefinitionNode))
        field = operation.selection_set.selections[0]
        assert isinstance(field, FieldNode)
        return field.name.value

    async def run(self, who: Person, given: Given) -> httpx2.Response:
        """Its answer."""
        if not self._is_door:
            return await who.post(self.document, self.variables(given))
        method, path = self.document.split()
        headers = {"Idempotency-Key": str(uuid4())}
        content = BYTES if method == "POST" else b""
        return await who.browser.request(method, path.format(**self.variables(given)), headers=headers, content=content)

    def is_done(self, answer: httpx2.Response) -> bool:
        """Whether it says that it did, or read, what it was asked for."""
        if self._is_door:
            return answer.status_code in DONE
        body = answer.json()
        if answer.status_code not in DONE or "errors" in body:
            return False
        (payload,) = body["data"].values()
        return not self.writes or payload["problem"] is None

    def shows(self, answer: httpx2.Response, given: Given) -> bool:
        """Whether the answer tells of what it is about."""
        mark = self.mark(given)
        return answer.status_code in DONE and (mark is None or mark in answer.text)

    @property
    def _is_door(self) -> bool:
        return self.document.startswith(("GET ", "POST ", "DELETE "))


def sent(**content: Any) -> dict[str, Any]:
    """One input with a key of its own."""
    return {"input": {"idempotencyKey": str(uuid4())} | content}
