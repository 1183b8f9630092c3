"""Names of things: one that a reader may not know, one that nothing has, one of another kind, and malformed ones."""

import base64
import random
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from tests.noninterference.scene import Reader, Scene
from tests.noninterference.values import KINDS, Things, Values, public

# What everybody who is signed in may know of every agency.
OPEN_TO_ALL = frozenset({"Agency", "ContactPoint", "Duty"})
OF_AGENCIES = """
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.columns i ON i.table_schema = c.table_schema AND i.table_name = c.table_name
    WHERE c.table_schema = 'public' AND c.column_name = 'agency_id' AND i.column_name = 'id' AND i.data_type = 'uuid'
    ORDER BY 1
"""


async def hidden_from(admin: asyncpg.Connection, scene: Scene, reader: Reader) -> Things:
    """One thing of every kind that is not this reader's to know."""
    known = [str(cell[0]) for cell in scene.sight[reader]]
    record = await admin.fetchrow(
        "SELECT id, reference, kind FROM record WHERE kind = 'case' AND NOT id::text = ANY ($1) ORDER BY ctid LIMIT 1",
        known,
    )
    notification = await admin.fetchval(
        "SELECT id FROM record WHERE kind <> 'case' AND NOT id::text = ANY ($1) ORDER BY ctid LIMIT 1", known
    )
    ids: dict[str, list[UUID]] = {"Case": [record["id"]], "DutyToNotifyRecord": [notification or record["id"]]}
    for (table,) in await admin.fetch(OF_AGENCIES):
        kind = KINDS.get(table, (table.title().replace("_", ""),))[0]
        found = await admin.fetchval(
            f'SELECT id FROM "{table}" WHERE agency_id <> $1 ORDER BY ctid LIMIT 1', reader.agency
        )
        if found is not None and kind not in OPEN_TO_ALL:
            ids[kind] = [found]
    return Things(ids, [record["reference"]])


@dataclass
class Naming(Values):
    """Fills every id and every reference in one way, and all the rest as always."""

    way: str = "hidden"

    def an_id(self, name: str) -> str:
        """The id that this way gives to an argument of this name."""
        wanted = name.removesuffix("Id").lower()
        kind = next((kind for kind in self.hidden.ids if kind.lower().endswith(wanted)), "Case")
        there = self.hidden.ids.get(kind, [UUID(int=1, version=4)])[0]
        ways = {
            "hidden": public(kind, there),
            "absent": public(kind, UUID(int=7, version=4)),
            "of another kind": public("Decision", there),
            "without a kind": base64.urlsafe_b64encode(str(there).encode()).decode(),
            "cut off": public(kind, there)[:-8],
            "no id at all": "x" * len(public(kind, there)),
        }
        return ways[self.way]

    def a_reference(self) -> str:
        """The same for what people write down."""
        there = self.hidden.references[0]
        other = "B" if there[-1] != "B" else "C"
        ways = {"hidden": there, "absent": "C-2222-22222", "of another kind": there[:-1] + other, "cut off": there[:-1]}
        return ways.get(self.way, "x" * len(there))


WAYS = ("absent", "of another kind", "without a kind", "cut off", "no id at all")


def naming(way: str, seed: int, hidden: Things) -> Naming:
    """Everything else is drawn alike for every way."""
    return Naming(random.Random(seed), Things(), hidden, way=way)  # noqa: S311 - the same at every run
