"""What arguments are filled with: things that are there, things that only one of the two worlds has, and nonsense."""

import base64
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)

KEY = "a-key-that-somebody-else-used-too"
KINDS = {
    "record": ("Case", "DutyToNotifyRecord"), "administrative_proposal": ("Proposal",), "duty_shift": ("Duty",),
    "administrative_record": ("AdministrativeLine",),
}  # fmt: skip
IDS = """
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name = 'id' AND c.data_type = 'uuid'
    ORDER BY 1
"""
REFERENCES = "SELECT reference FROM record UNION ALL SELECT reference FROM notice"
MALFORMED = ("", "x", "Q2FzZTo=", "Q2FzZTpub3QtYS11dWlk", "C-2345-6789B", "../etc", "' OR 1=1", "\u200b", "A" * 200)
TEXTS: dict[str, Sequence[str]] = {
    "name": ("local_authorities", "towns", "organisations", "countries", "nothing"),
    "at": ("2026-05-26T09:30", "2026-05-25T23:59:30", "2026-05-26T08:45+01:00", "2027-01-01T00:00", "yesterday"),
    "search": ("", "lee", "man", "Inv", "Test"),
    "purpose": ("Decide whether the person is a victim of modern slavery", "Refer the person", "to be nosy"),
    "version": ("2025-04", "2019-09", "none"),
    "organisation": ("West Yorkshire Police", "Greater Manchester Police", "POPPY Project", "Inventedman"),
}
WORDS = ("hidden-1", "Hidden desk", "hidden@invented.example", "https://hidden.example/issuer", "lcc-1", "sca")
DAYS = ("2026-05-26", "2026-05-25", "2020-01-31", "2026-06-30")
MOMENTS = ("2026-05-26T08:30:00+01:00", "2026-05-26T09:30:00+01:00", "2020-01-31T00:00:00Z")


class NoValueError(LookupError):
    """An argument that nobody knows how to fill."""


@dataclass(frozen=True)
class Things:
    """Ids by the kind of thing they name, and references."""

    ids: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    references: Sequence[str] = ()

    def without(self, others: "Things") -> "Things":
        """What stands here and not there."""
        ids = {kind: [i for i in found if i not in others.ids.get(kind, ())] for kind, found in self.ids.items()}
        references = [one for one in self.references if one not in others.references]
        return Things({kind: found for kind, found in ids.items() if found}, references)

    def with_records(self, records: Mapping[UUID, str]) -> "Things":
        """These records as well, whichever kind they are of."""
        ids = {kind: [*self.ids.get(kind, ()), *records] for kind in KINDS["record"]} if records else {}
        return Things({**self.ids, **ids}, [*self.references, *records.values()])

    def texts(self) -> frozenset[str]:
        """Everything that an answer could print of them."""
        return frozenset({str(one) for found in self.ids.values() for one in found} | set(self.references))


async def things_in(admin: asyncpg.Connection) -> Things:
    """Every row with an id, whatever table it stands in: a new table is covered from its first day."""
    ids: dict[str, list[UUID]] = {}
    for (table,) in await admin.fetch(IDS):
        found = [row["id"] for row in await admin.fetch(f'SELECT id FROM "{table}" ORDER BY ctid')]
        for kind in KINDS.get(table, (table.title().replace("_", ""),)):
            if found:
                ids.setdefault(kind, []).extend(found)
    return Things(ids, [row["reference"] for row in await admin.fetch(REFERENCES)])


@dataclass
class Values:
    """Draws a value for any argument of the schema."""

    dice: random.Random
    known: Things
    hidden: Things = field(default_factory=Things)
    cursors: Sequence[str] = ()

    def drawn(self, name: str, kind: GraphQLInputType) -> Any:
        """A value for the argument of this name and type."""
        if name == "after":
            return self.dice.choice(self.cursors) if self.cursors else None
        if not isinstance(kind, GraphQLNonNull) and self.dice.random() < 0.3:
            return None
        bare = get_nullable_type(kind)
        if isinstance(bare, GraphQLList):
            return [self.drawn(name, GraphQLNonNull(bare.of_type)) for _ in range(self.dice.randint(0, 2))]
        return self._of_named(name, get_named_type(bare))

    def _of_named(self, name: str, kind: GraphQLNamedType) -> Any:
        if isinstance(kind, GraphQLEnumType):
            return self.dice.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            return self._written(kind)
        fixed: dict[str, Any] = {"Boolean": (True, False), "Date": DAYS, "DateTime": MOMENTS}
        if kind.name in fixed:
            return self.dice.choice(fixed[kind.name])
        if kind.name == "Int" and (name == "first" or name.lower().endswith("version")):
            return self.dice.choice((1, 2, 3, 5) if name != "first" else (1, 2, 3, 4, 7, 30))
        if kind.name == "ID":
            return self.an_id(name)
        if kind.name == "String":
            return self._text(name)
        raise NoValueError(_advice(name, kind.name))

    def _text(self, name: str) -> str:
        if name == "reference":
            return self.a_reference()
        if name in TEXTS:
            return self.dice.choice(TEXTS[name])
        raise NoValueError(_advice(name, "String"))

    def an_id(self, name: str) -> str:
        """An id that fits the argument's name or the type that is asked for, of a thing of either world; sometimes of
        another kind, or of nothing."""
        if self.dice.random() < 0.06:
            return self.dice.choice(MALFORMED)
        wanted = name.removesuffix("Id").lower()
        source = self.hidden if self.hidden.ids and self.dice.random() < 0.6 else self.known
        fitting = [kind for kind in source.ids if kind.lower().endswith(wanted)] if self.dice.random() < 0.85 else []
        kind = self.dice.choice(fitting or sorted(source.ids))
        return public(kind, self.dice.choice(source.ids[kind]) if self.dice.random() < 0.95 else self._random_id())

    def a_reference(self) -> str:
        """A reference of either world, in either case of letters."""
        source = self.hidden if self.hidden.references and self.dice.random() < 0.6 else self.known
        found = self.dice.choice([*source.references, "C-2345-6789B"])
        return found.lower() if self.dice.random() < 0.1 else found

    def _random_id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def varied(self, example: Mapping[str, Any], kind: GraphQLInputObjectType) -> dict[str, Any]:
        """A published example of an input, about other things; of an input that is a choice sometimes another one."""
        is_choice = len(kind.fields) > 2 and not any(isinstance(f.type, GraphQLNonNull) for f in kind.fields.values())
        others = [n for n, f in kind.fields.items() if isinstance(get_named_type(f.type), GraphQLInputObjectType)]
        if is_choice and len(others) == len(kind.fields) and self.dice.random() < 0.7:
            other = self.dice.choice(others)
            return {other: self._written(get_named_type(kind.fields[other].type))}
        return {name: self._varied(name, value, kind.fields[name]) for name, value in example.items()}

    def _written(self, kind: GraphQLNamedType) -> dict[str, Any]:
        assert isinstance(kind, GraphQLInputObjectType)
        written = {}
        for name, place in kind.fields.items():
            text = get_named_type(place.type).name == "String"
            written[name] = self.dice.choice(WORDS) if text else self.drawn(name, place.type)
        return written

    def _varied(self, name: str, value: Any, place: GraphQLInputField) -> Any:
        kind = get_named_type(place.type)
        if name == "idempotencyKey":
            return KEY
        if isinstance(value, Mapping) and isinstance(kind, GraphQLInputObjectType):
            return self.varied(value, kind)
        if isinstance(value, list) and value and isinstance(kind, GraphQLInputObjectType):
            return [self.varied(one, kind) for one in value]
        if kind.name == "ID" and isinstance(value, str):
            return self.an_id(name)
        if name == "expectedVersion":
            return self.dice.choice((1, 2, 3))
        return value


def public(kind: str, raw: UUID) -> str:
    """The id as clients have it."""
    return base64.urlsafe_b64encode(f"{kind}:{raw}".encode()).decode()


def _advice(name: str, kind: str) -> str:
    return (
        f"No pair would ever ask with the argument `{name}: {kind}`: say in tests/noninterference/values.py "
        "what to fill it with (TEXTS for a String)."
    )
