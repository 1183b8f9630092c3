"""Demo people run the published operations over HTTP; each exchange is kept with the ledger lines it wrote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from api.development.examples import read_examples
from tests.contract.placeholders import Placeholders
from tests.world.platform import Person, Platform

OPERATIONS = {example.name: example for example in read_examples()}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One operation as one person ran it: what was sent, the bytes that came back, the lines of the ledger."""

    operation: str
    subject: str
    about: str
    at: str
    variables: Mapping[str, Any]
    status: int
    body: bytes
    lines: tuple[Mapping[str, Any], ...]


def started(operation: str) -> dict[str, Any]:
    """The input that the console offers to start from, without its key."""
    given: dict[str, Any] = json.loads(OPERATIONS[operation].variables)["input"]
    return {name: part for name, part in given.items() if name != "idempotencyKey"}


class Storyteller:
    """Lets people act one after another at moments of their own."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.placeholders = Placeholders()
        self.references: dict[str, str] = {}
        self.exchanges: list[Exchange] = []
        self._moment = ""
        self._present: dict[str, Person] = {}
        self._lines_before: set[UUID] = set()

    async def at(self, moment: str) -> None:
        """Go on at this moment; people sign in again, because sessions end."""
        await self.platform.set_clock(moment)
        self._moment = moment
        self._present.clear()

    async def ask(self, subject: str, operation: str, about: str, **variables: Any) -> Any:
        """Run a published operation and keep the exchange; what its root field answered, None if it has errors."""
        person = await self._person(subject)
        await self._new_lines()  # what others did in between is not this operation's
        response = await person.post(OPERATIONS[operation].query, variables)
        lines = await self._new_lines()
        status, body = response.status_code, response.content
        kept = Exchange(operation, subject, about, self._moment, variables, status, body, lines)
        self.exchanges.append(kept)
        data = response.json().get("data")
        return next(iter(data.values())) if data else None

    async def do(self, subject: str, operation: str, about: str, **content: Any) -> dict[str, Any]:
        """Run a published mutation with one input."""
        payload: dict[str, Any] = await self.ask(
            subject, operation, about, input={**content, "idempotencyKey": str(uuid4())}
        )
        return payload

    async def _person(self, subject: str) -> Person:
        if subject not in self._present:
            self._present[subject] = await self.platform.sign_in(subject)
        return self._present[subject]

    async def _new_lines(self) -> tuple[Mapping[str, Any], ...]:
        lines = await self.platform.ledger()
        new = tuple(line for line in lines if line["id"] not in self._lines_before)
        self._lines_before.update(line["id"] for line in new)
        return new
