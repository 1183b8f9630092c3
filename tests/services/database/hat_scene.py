"""Rows that follow one person from function to function: whatever they act in, they have records, drafts and notices
there, colleagues who come and go, and others' work beside it. Written past every door."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import asyncpg

from policies.vocabulary import AccessLevel, Function
from tests.services.database.hats import PERSON, wear_every_hat
from tests.services.database.ways_written import insert
from tests.services.database.world import World

DAY = timedelta(days=1)
DRAFTS = ("ours", "of another function", "of another agency", "out of date")
FOLLOWING = """
    UPDATE involvement SET agency_id = $1, function = $2 WHERE id IN (
        SELECT DISTINCT ON (record_id, relation) id FROM involvement
        ORDER BY record_id, relation, from_at, id)
"""
ORDERED = "SELECT id FROM record ORDER BY opened_at"
IN_HAND = """
    UPDATE assignment a SET agency_id = i.agency_id, function = i.function, team_id = NULL,
        member_id = CASE WHEN r.place % 2 = 0 THEN $1::uuid ELSE $2::uuid END
    FROM involvement i, (SELECT id, row_number() OVER (ORDER BY opened_at) AS place FROM record) r
    WHERE i.id = a.involvement_id AND r.id = i.record_id
"""
INBOX = """
    UPDATE notice n SET agency_id = $1, function = $2
    FROM (SELECT id, row_number() OVER (ORDER BY created_at, kind) AS place FROM notice) p
    WHERE p.id = n.id AND p.place % 3 > 0
"""
KEPT = "UPDATE referral_draft SET function = $1 WHERE reference <> 'F-2222-2222B'"
WRITTEN = "UPDATE caveated_entry SET function = $1 WHERE content <> 'Of another function.'"


@dataclass(frozen=True)
class HatScene:
    """Who there is, by the id that names them in the database."""

    world: World
    me: UUID
    agency: UUID
    people: tuple[UUID, ...]  # of that agency, and two of others
    drafts: tuple[UUID, ...]

    async def in_hand(self) -> list[UUID]:
        """The records that are given to the person: every other one."""
        return [row["id"] for row in await self.world.platform.admin.fetch(ORDERED)][1::2]

    async def act_as(self, function: Function, level: AccessLevel) -> None:
        """From now on the person acts in this function at this level, and what there is follows them."""
        admin = self.world.platform.admin
        await admin.execute("SET session_replication_role = replica")
        await admin.execute("UPDATE member_function SET access_level = $1 WHERE member_id = $2", level, self.me)
        await admin.execute("UPDATE session SET function = $1 WHERE member_id = $2", function, self.me)
        await admin.execute(FOLLOWING, self.agency, function)
        await admin.execute(IN_HAND, self.me, self.people[1])
        await admin.execute(INBOX, self.agency, function)
        await admin.execute(KEPT, function)
        await admin.execute(WRITTEN, function)
        await admin.execute("RESET session_replication_role")


async def hat_scene(world: World) -> HatScene:
    """The small world with one person in the middle of it, who wears every hat."""
    await wear_every_hat(world)
    admin = world.platform.admin
    rows = {row["subject"]: row for row in await admin.fetch("SELECT id, subject, agency_id FROM member")}
    me, others = rows[PERSON], [rows["sca-1"], rows["lcc-1"]]
    ours = await admin.fetch(
        "SELECT id FROM member WHERE agency_id = $1 AND id <> $2 ORDER BY display_name", me["agency_id"], me["id"]
    )
    people = (me["id"], *(row["id"] for row in ours), *(row["id"] for row in others))
    await insert(admin, await _coming_and_going(admin, *people[:3]))
    await insert(admin, await _teams(admin, me["agency_id"], people))
    drafts = await _drafts(world, me["agency_id"], others[0]["agency_id"], me["id"])
    await insert(admin, await _plans(admin, me["agency_id"], people))
    await insert(admin, await _caveated(world, me["agency_id"], others[0]["agency_id"], people[1]))
    return HatScene(world, me["id"], me["agency_id"], people, drafts)


async def _coming_and_going(
    admin: asyncpg.Connection, me: UUID, one: UUID, other: UUID
) -> dict[str, list[dict[str, object]]]:
    """Functions that are over, to come, and ended today, of two colleagues; and one's own training."""
    now, today = await admin.fetchrow("SELECT moment(), london_today()")
    dates = {
        (one, "guardian"): (today - 900 * DAY, today - 100 * DAY, None),
        (one, "health"): (today + 100 * DAY, None, None),
        (one, "legal_representative"): (today - 50 * DAY, today, now),
        (other, "guardian"): (today - 900 * DAY, None, None),
        (other, "health"): (today - 900 * DAY, today + 1 * DAY, None),
    }
    return {
        "training": [
            {"member_id": me, "kind": "first_responder", "completed_on": today - number * DAY,
             "expires_on": today if number else None, "recorded_at": now, "recorded_by": one}
            for number in (0, 9)
        ],
        "member_function": [
            {"member_id": who, "function": function, "access_level": "practitioner", "valid_from": since,
             "valid_until": until, "ended_at": end}
            for (who, function), (since, until, end) in dates.items()
        ]
    }  # fmt: skip


async def _teams(
    admin: asyncpg.Connection, agency: UUID, people: tuple[UUID, ...]
) -> dict[str, list[dict[str, object]]]:
    """Two teams: one with people who have its function today, or had it, one with places that are over or to come."""
    now = await admin.fetchval("SELECT moment()")
    teams = {}
    for name, function in (("Guardians", "guardian"), ("Healers", "health")):
        teams[name] = await admin.fetchval(
            "INSERT INTO team (agency_id, function, name) VALUES ($1, $2, $3) RETURNING id", agency, function, name
        )
    me, one, other = people[:3]
    places = [
        (teams["Guardians"], me, now - DAY, None),
        (teams["Guardians"], one, now - DAY, None),
        (teams["Guardians"], other, now - 2 * DAY, None),
        (teams["Healers"], me, now + DAY, None),
        (teams["Healers"], other, now - 2 * DAY, now - DAY),
    ]
    return {
        "team_membership": [
            {"team_id": team, "member_id": who, "standing": "member", "from_at": since, "until_at": until}
            for team, who, since, until in places
        ]
    }


async def _plans(
    admin: asyncpg.Connection, agency: UUID, people: tuple[UUID, ...]
) -> dict[str, list[dict[str, object]]]:
    """What ends tomorrow, as somebody planned it; and what was planned and is settled."""
    now, today = await admin.fetchrow("SELECT moment(), london_today()")
    plan = {
        "agency_id": agency,
        "successors": [],
        "former": {},
        "reason": "r",
        "planned_by": people[0],
        "planned_at": now,
    }
    return {
        "planned_end": [
            {**plan, "member_id": people[2], "function": "health", "ends_on": today + DAY, "nobody_for": [],
             "settled_at": None, "outcome": None},
            {**plan, "member_id": people[1], "function": "legal_representative", "ends_on": today, "nobody_for": [],
             "settled_at": now, "outcome": "carried_out"},
        ]
    }  # fmt: skip


async def _drafts(world: World, agency: UUID, elsewhere: UUID, me: UUID) -> tuple[UUID, ...]:
    admin = world.platform.admin
    now, today = await admin.fetchrow("SELECT moment(), london_today()")
    found = []
    for number, name in enumerate(DRAFTS):
        is_over = name == "out of date"
        found.append(await admin.fetchval(
            "INSERT INTO referral_draft (reference, agency_id, function, author_id, form_version, answers, version,"
            " started_at, saved_at, saved_by, warn_on, last_day, regime_rows)"
            " VALUES ($1, $2, $3, $4, '2025-04', '{}', 1, $5, $5, $4, $6, $7, '{}') RETURNING id",
            f"F-2222-2222{'CBDF'[number]}", elsewhere if name == "of another agency" else agency,
            "first_responder", me, now - DAY, today - 7 * DAY, today - DAY if is_over else today + DAY,
        ))  # fmt: skip
    return tuple(found)


async def _caveated(world: World, agency: UUID, elsewhere: UUID, writer: UUID) -> dict[str, list[dict[str, object]]]:
    """Of one's own agency in the function that one acts in, in another one, and of another agency."""
    now = await world.platform.admin.fetchval("SELECT moment()")
    entries = (("Ours.", agency), ("Of another function.", agency), ("Of others.", elsewhere))
    return {
        "caveated_entry": [
            {"record_id": record, "agency_id": whose, "function": "referral_import", "caveat": "intelligence",
             "content": content, "written_by": writer, "written_at": now - DAY}
            for record in world.records.values() for content, whose in entries
        ]
    }  # fmt: skip
