"""What one world has and the other has not: each difference with who may notice it. Everybody else must not."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from services.imports.commands import Arrival, Imported, import_message
from tests.noninterference.scene import BRISTOL, MANCHESTER, Reader, Scene, sight_of
from tests.noninterference.values import KEY
from tests.services.database.world import World
from tests.services.imports import upstream
from tests.world.forms import adult_referral, child_referral
from tests.world.stories import open_concern, refer, refer_from, supported_adult
from tests.world.template import IMPORTER_SECRET

TOLD_OF = """
    SELECT agency_id, function FROM involvement WHERE NOT record_id = ANY ($1)
    UNION SELECT agency_id, function FROM notice WHERE record_id IS NULL OR NOT record_id = ANY ($1)
"""
NAMED = "SELECT member_id FROM assignment WHERE record_id = $1 AND until_at IS NULL AND member_id IS NOT NULL"
LEAD = "SELECT agency_id FROM lead_agency WHERE record_id = $1 ORDER BY step DESC LIMIT 1"
PLACES = """
    SELECT f.agency_id, f.function FROM agency_function f JOIN agency a ON a.id = f.agency_id
    WHERE f.valid_until IS NULL AND EXISTS (SELECT FROM member m WHERE m.agency_id = a.id) ORDER BY a.code, f.function
"""
CONTENT = "SELECT record_id, data_group FROM group_content WHERE version = 1 ORDER BY ctid"
EMPTY = """
    SELECT r.id AS record_id, g AS data_group FROM record r CROSS JOIN unnest($2::text[]) g
    WHERE r.id = ANY ($1) AND NOT EXISTS (SELECT FROM group_content c WHERE c.record_id = r.id AND c.data_group = g)
    ORDER BY r.ctid, g
"""
BEGINNING = ("evidence", "credibility", "immigration", "exploiters", "criminal_justice", "child_protection")
MESSAGE = "7d9a5a3c-5f6b-4c83-9f0b-2f6f3f9b7a11"  # the external id of a form that two agencies' systems send


@dataclass(frozen=True)
class Edit:
    """The world to change, and with what luck."""

    dice: random.Random
    world: World
    scene: Scene
    records: tuple[UUID, ...]
    touched: list[UUID] = field(default_factory=list)
    lookers: set[Reader] = field(default_factory=set)
    """Those who must not notice by looking, although an act would be answered differently."""

    def record(self) -> UUID:
        """A record of the scene, about which everybody will be asked."""
        self.touched.append(self.dice.choice(self.records))
        return self.touched[-1]

    @property
    def admin(self) -> asyncpg.Connection:
        """Past both walls."""
        return self.world.platform.admin

    def at(self, agency: UUID, function: str | None = None) -> set[Reader]:
        """Who works there; an agency's administrators count what anybody has in hand, its officers read who looked."""
        return {r for r in self.scene.readers if r.agency == agency and (function in (None, r.function) or r.oversees)}

    def knowing(self, record: UUID) -> set[Reader]:
        """Who may know of the record."""
        return {r for r, sight in self.scene.sight.items() if any(cell[0] == record for cell in sight)}

    def seeing(self, record: UUID, group: str) -> set[Reader]:
        """Who sees the newest version of the group, whole or as a summary."""
        kinds = {(record, group, "see", None), (record, group, "summary", None)}
        return {r for r, sight in self.scene.sight.items() if kinds & sight}

    def of_platform(self) -> set[Reader]:
        """Who brings agencies onto the platform, and reads what administrators did everywhere."""
        return {r for r in self.scene.readers if r.function == "platform_operation"}

    async def moved(self, record: UUID) -> set[Reader]:
        """Whose sight of the record is not what it was."""
        now = await sight_of(self.admin, self.scene.readers)
        return {r for r in self.scene.readers if _of(now[r], record) != _of(self.scene.sight[r], record)}

    async def keeping(self, record: UUID) -> set[Reader]:
        """Who says from whom the record is kept, and reads it: of the agency that leads it, approvers and officers."""
        lead = await self.admin.fetchval(LEAD, record)
        setting = (record, "core", "bar.set", None)
        officers = {r for r in self.at(lead) if r.function == "information_governance"}
        return {r for r in self.at(lead) if setting in self.scene.sight[r]} | officers

    async def place(self) -> tuple[UUID, str]:
        """An agency in one of its functions."""
        row = self.dice.choice(await self.admin.fetch(PLACES))
        return row["agency_id"], row["function"]

    async def member_of(self, agency: UUID) -> UUID | None:
        """Somebody who works there."""
        rows = await self.admin.fetch("SELECT id FROM member WHERE agency_id = $1 ORDER BY display_name", agency)
        return self.dice.choice(rows)["id"] if rows else None


def _of(sight: frozenset[tuple[UUID, str, str, int | None]], record: UUID) -> set[object]:
    return {cell for cell in sight if cell[0] == record}


async def something_happens_elsewhere(edit: Edit) -> set[Reader]:
    """People record and refer as they do; whoever is involved in that or told of it may notice."""
    world, dice = edit.world, edit.dice
    stories: Mapping[str, Callable[[], Awaitable[object]]] = {
        "manchester": lambda: refer(world.person("gmp-2"), adult_referral(**MANCHESTER)),
        "leeds": lambda: refer(world.person("wyp-1"), adult_referral()),
        "supported": lambda: refer(world.person("wyp-1"), supported_adult()),
        "child": lambda: refer(world.person("lcc-1"), child_referral()),
        "surgery": lambda: open_concern(world.person("ess-1"), age="ADULT", localAuthority=None),
        "school": lambda: open_concern(world.person("eps-1"), **dice.choice([{}, BRISTOL])),
        "guardian": lambda: open_concern(world.person("eha-2")),
        "concern referred": lambda: _a_concern_is_referred(world),
        "notification": lambda: _a_message(world, dice.choice(("with", "without"))),
    }
    for story in dice.sample(sorted(stories), dice.randint(1, 3)):
        await stories[story]()
    if dice.random() < 0.7:
        await world.platform.deliver()
    rows = await edit.admin.fetch(TOLD_OF, list(edit.records))
    return set().union(*(edit.at(row["agency_id"], row["function"]) for row in rows))


async def something_is_kept_from_nearly_everybody(edit: Edit) -> set[Reader]:
    """The same, in records that are restricted to those they name, or barred to agencies and people."""
    seers = await something_happens_elsewhere(edit)
    new = [r["id"] for r in await edit.admin.fetch("SELECT id FROM record WHERE NOT id = ANY ($1)", list(edit.records))]
    await edit.admin.execute("UPDATE record SET restricted = true WHERE id = ANY ($1)", new)
    named = {row["member_id"] for record in new for row in await edit.admin.fetch(NAMED, record)}
    return {r for r in seers if r.member in named or r.oversees or r.level == "service"}


async def somebody_is_barred(edit: Edit) -> set[Reader]:
    """From a record that others go on reading."""
    record, (agency, _) = edit.record(), await edit.place()
    member = await edit.member_of(agency) if edit.dice.random() < 0.5 else None
    await edit.admin.execute(
        "INSERT INTO access_bar (record_id, member_id, agency_id, reason, from_at)"
        " VALUES ($1, $2, $3, 'Knows the person', moment() - interval '1 hour')",
        record, member, None if member else agency,
    )  # fmt: skip
    keeping = {r for r in await edit.keeping(record) if member is None or r.agency == agency}
    return {r for r in edit.at(agency) if member in (None, r.member) or r.oversees} | keeping


async def a_record_is_restricted(edit: Edit) -> set[Reader]:
    """Whoever is named in it must not notice, unless something was theirs through a team only; others cannot."""
    record = edit.record()
    await edit.admin.execute("UPDATE record SET restricted = true WHERE id = $1", record)
    named = {row["member_id"] for row in await edit.admin.fetch(NAMED, record)}
    involved = await edit.admin.fetch("SELECT agency_id, function FROM involvement WHERE record_id = $1", record)
    concerned: set[Reader] = set().union(*(edit.at(row["agency_id"], row["function"]) for row in involved))
    return {r for r in concerned if r.member not in named} | await edit.moved(record)


async def a_group_gets_a_version(edit: Edit) -> set[Reader]:
    """Notes are added to a group, one to twenty times."""
    row = edit.dice.choice(await edit.admin.fetch(CONTENT))
    edit.touched.append(row["record_id"])
    for _ in range(edit.dice.randint(1, 20)):
        await edit.admin.execute(
            "INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)"
            """ SELECT record_id, data_group, max(version) + 1, '{"concern": "A hidden note."}', moment(), $3"""
            " FROM group_content WHERE record_id = $1 AND data_group = $2 GROUP BY 1, 2",
            row["record_id"], row["data_group"], edit.scene.readers[0].member,
        )  # fmt: skip
    return edit.seeing(row["record_id"], row["data_group"])


async def a_group_begins(edit: Edit) -> set[Reader]:
    """A group that was empty has content."""
    row = edit.dice.choice(await edit.admin.fetch(EMPTY, list(edit.records), BEGINNING))
    record, group = row["record_id"], row["data_group"]
    edit.touched.append(record)
    await edit.admin.execute(
        "INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)"
        " VALUES ($1, $2, 1000, '{}', moment(), $3)", record, group, edit.scene.readers[0].member,
    )  # fmt: skip
    return edit.seeing(record, group)


async def a_date_is_set(edit: Edit) -> set[Reader]:
    """A record waits for something, sooner than for anything else."""
    record, (agency, _) = edit.record(), await edit.place()
    await edit.admin.execute(
        "INSERT INTO clock (record_id, kind, form, awaits, awaits_agency_id, starts_on, due_on, proof, recorded_at)"
        " VALUES ($1, 'hidden', 'target', 'A hidden step', $2, '2026-05-01', '2026-05-02', '{}', moment())",
        record, agency,
    )  # fmt: skip
    return edit.seeing(record, "clocks")


async def a_fact_is_recorded(edit: Edit) -> set[Reader]:
    """It may change what some see; whoever sees neither it nor anything more or less must not notice."""
    record = edit.record()
    kind, group, value = edit.dice.choice([
        ("cooperation", "criminal_justice", "yes"), ("cooperation", "criminal_justice", "no"),
        ("cooperation", "duty_to_notify", "yes"), ("support_wanted", "support_plan", "yes"),
        ("age", "identity", "adult"), ("age", "identity", "child"), ("current_town", "contact", "Hidden Town"),
    ])  # fmt: skip
    await edit.admin.execute(
        "INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)"
        " VALUES ($1, $2, $3, $4, '2026-05-26', moment(), $5)",
        record, group, kind, value, edit.scene.readers[0].member,
    )  # fmt: skip
    return edit.seeing(record, group) | await edit.moved(record)


async def a_decision_is_issued(edit: Edit) -> set[Reader]:
    """By the competent authority."""
    record, (agency, _) = edit.record(), await edit.place()
    await edit.admin.execute(
        "INSERT INTO decision (record_id, kind, outcome, issued_on, authority_id, recorded_at, recorded_by)"
        " VALUES ($1, 'conclusive_grounds', 'positive', '2026-05-25', $2, moment(), $3)",
        record, agency, edit.scene.readers[0].member,
    )  # fmt: skip
    return edit.seeing(record, "decisions") | await edit.moved(record)


async def _a_concern_is_referred(world: World) -> None:
    concern = await open_concern(world.person("eps-1"))
    assert (await refer_from(world.person("lcc-1"), concern, idempotencyKey=KEY))["problem"] is None


async def _a_message(world: World, how: str) -> None:
    message = upstream.message(f"duty_to_notify_{how}_cooperation")
    async with world.platform.tools.enter(IMPORTER_SECRET) as reading:
        assert reading is not None
        outcome = await import_message(reading, message | {"ExternalId": MESSAGE[::-1]}, Arrival())
        assert isinstance(outcome, Imported), outcome
