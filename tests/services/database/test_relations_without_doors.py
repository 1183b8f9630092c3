"""Relations that no operation gives yet (own house, emergency, the lawyer …) already open what the matrix says: written
past every door, asked through HTTP, and read once more by row security alone."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from policies.vocabulary import AccessLevel, Action, CaseClass, DataGroup, Function, Relation
from services.cases.disclosure import ENTRY_GROUPS
from tests.noninterference.values import public
from tests.policies.expectations import expected
from tests.policies.letters import cells
from tests.services.database.raw import admit, give_session, transaction
from tests.services.database.world import World, take_in
from tests.world import server as servers
from tests.world.platform import running_platform
from tests.world.server import FreshDatabase

pytestmark = pytest.mark.anyio

DOORS = frozenset(
    {
        *(Relation(act.removeprefix("involve.")) for act in Action if act.startswith("involve.")),
        *(Relation.OPENER, Relation.IMPORTER),  # whoever begins a record
        *(Relation.ATTENDEE, Relation.RELEASED_TO),  # invited to a meeting, or given its minutes
        *(Relation.REQUESTED, Relation.RECIPIENT),  # asked, or given a share
        *(Relation.UNRELATED, Relation.AUTHOR, Relation.COLLEAGUE),  # given by nobody
    }
)
NO_RECORDS = (Function.OVERSIGHT, Function.INFORMATION_GOVERNANCE)  # typed for any relation, and open nothing in any
DOORLESS = sorted({place[:2] for place in cells() if place[1] not in DOORS and place[0] not in NO_RECORDS})
OUTSIDER = "exh-1"  # of an agency that stands in no record
WEAR = """
    INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT m.agency_id, $2, DATE '2009-04-01' FROM member m WHERE m.subject = $1
"""
WEAR_TOO = """
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT m.id, $2, 'practitioner', DATE '2009-04-01' FROM member m WHERE m.subject = $1
"""
STAND = """
    WITH given AS (
        INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,
                                 given_by, from_at)
        SELECT r.id, r.kind, m.agency_id, $3, $4, 'p', 'b', 's', m.id, moment() - interval '1 hour'
        FROM record r, member m WHERE r.id = $1 AND m.subject = $2
        RETURNING id, record_id, agency_id, function, given_by
    )
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT record_id, id, agency_id, function, given_by, 'r', given_by, moment() - interval '1 hour' FROM given
    RETURNING involvement_id
"""
TAKE_AWAY = ("DELETE FROM assignment WHERE involvement_id = $1", "DELETE FROM involvement WHERE id = $1")
FILL = """
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT r.id, g, 1, coalesce((SELECT c.content FROM group_content c WHERE c.data_group = g LIMIT 1), '{}'),
           moment(), (SELECT id FROM member WHERE subject = 'wyp-1')
    FROM record r, unnest($1::text[]) g
    WHERE NOT EXISTS (SELECT FROM group_content c WHERE c.record_id = r.id AND c.data_group = g)
"""
FILL_SUMMARIES = """
    INSERT INTO group_summary (record_id, data_group, version, content)
    SELECT c.record_id, c.data_group, max(c.version),
           coalesce((SELECT s.content FROM group_summary s WHERE s.data_group = c.data_group LIMIT 1),
               CASE c.data_group WHEN 'immigration' THEN '{"has_home_office_reference": true}' ELSE '{}' END::jsonb)
    FROM group_content c GROUP BY 1, 2 ON CONFLICT DO NOTHING
"""
FILL_LISTS = (
    """INSERT INTO decision (record_id, kind, outcome, issued_on, authority_id, recorded_at, recorded_by)
    SELECT r.id, 'reasonable_grounds', 'positive', london_today(), m.agency_id, moment(), m.id
    FROM record r, member m WHERE m.subject = 'sca-1'""",
    """INSERT INTO case_step (record_id, ordinal, kind, data_group, happened_on, agency_id, recorded_at, recorded_by)
    SELECT r.id, k.ordinal, k.kind, k.data_group, london_today(), m.agency_id, moment(), m.id
    FROM record r, member m, (VALUES (1, 'disqualification_weighed', 'disqualification'),
        (2, 'wish_recorded', 'wishes'), (3, 'leave_considered', 'leave')) AS k (ordinal, kind, data_group)
    WHERE m.subject = 'sca-1'""",
    """WITH decided AS (
        INSERT INTO share (record_id, given_by, agency_id, function, recipient_agency_id, recipient_function, purpose,
                           article_6, condition, power, words, decided_at)
        SELECT r.id, m.id, m.agency_id, f.function, m.agency_id, f.function, 'p', 'a', 'c', 'w', '{}', moment()
        FROM record r, member m JOIN member_function f ON f.member_id = m.id WHERE m.subject = $1 RETURNING id
    ), named AS (INSERT INTO share_group (share_id, data_group) SELECT id, 'account' FROM decided)
    INSERT INTO share_reason (share_id, statements, consent_asked, consent_given, without_consent, risks)
    SELECT id, '{}', false, false, 'w', 'r' FROM decided""",
)
CLASSES = "SELECT case_classes($1, london_today())"
NO_PART_OF_A_CASE = {DataGroup.CORE, DataGroup.DUTY_TO_NOTIFY, DataGroup.CAVEATED}
OF_A_CASE = sorted(set(DataGroup) - NO_PART_OF_A_CASE)
OF_A_NOTIFICATION = sorted(
    {DataGroup.DUTY_TO_NOTIFY, DataGroup.REFERRER, DataGroup.ACCOUNT, DataGroup.IDENTITY, DataGroup.CONTACT}
)
STORED = sorted(set(DataGroup) - ENTRY_GROUPS - {DataGroup.CORE})
OPENED = {"WHOLE": Action.SEE, "SUMMARY": Action.SUMMARY, "WITHHELD": None, "NOTHING_TO_SEE": None}
Opened = dict[DataGroup, Action | None]


def field_of(group: DataGroup) -> str:
    """A group of a record as clients ask for it, under its own name."""
    first, *others = ("particulars" if group is DataGroup.DUTY_TO_NOTIFY else group.value).split("_")
    return f"{group}: {first}{''.join(map(str.title, others))} {{ __typename }}"


RECORD = f"""query ($id: ID!) {{ node(id: $id) {{
  ... on Case {{ access {{ groups {{ group verdict }} }} {" ".join(map(field_of, OF_A_CASE))} }}
  ... on DutyToNotifyRecord {{ access {{ groups {{ group verdict }} }}
    {" ".join(map(field_of, OF_A_NOTIFICATION))} }} }} }}"""


@pytest.fixture(scope="module")
def copy(database_server: str, filled_database: FreshDatabase, built: World) -> Iterator[FreshDatabase]:
    """A copy for this file."""
    with servers.clone(database_server, urlsplit(filled_database.admin_url).path.strip("/")) as database:
        yield database


@pytest.fixture(scope="module")
async def full(copy: FreshDatabase, built: World) -> AsyncIterator[World]:
    """Something stands in every group of every record, and somebody who stands in none may act in every function."""
    async with running_platform(copy) as platform:
        world = replace(built, platform=platform, records=dict(built.records), secrets=dict(built.secrets))
        world.records["cooperating"] = await take_in(world, "duty_to_notify_with_cooperation")
        for table in ("agency_function", "member_function"):
            await platform.admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for function in sorted({function for function, _ in DOORLESS} - {Function.ACCOMMODATING_PROVIDER}):
            await platform.admin.execute(WEAR, OUTSIDER, function)
            await platform.admin.execute(WEAR_TOO, OUTSIDER, function)
            world.secrets[OUTSIDER, function] = await give_session(platform.admin, OUTSIDER, function)
        await platform.admin.execute(FILL, STORED)
        await platform.admin.execute(FILL_SUMMARIES)
        for statement in FILL_LISTS:
            await platform.admin.execute(statement, *[OUTSIDER] * statement.count("$1"))
        yield world


@pytest.mark.parametrize(("function", "relation"), DOORLESS)
async def test_a_relation_without_a_door_opens_what_the_matrix_says(
    full: World, function: Function, relation: Relation
) -> None:
    compared = 0
    for name, record in full.records.items():
        assert await asked(full, function, record) is None, name
        involved = await full.platform.admin.fetchval(STAND, record, OUTSIDER, function, relation)
        wanted = typed(function, relation, frozenset(await full.platform.admin.fetchval(CLASSES, record)))

        answer = await asked(full, function, record)
        stored = await rows(full, function, record)

        for statement in TAKE_AWAY:
            await full.platform.admin.execute(statement, involved)
        assert answer is not None or wanted[DataGroup.CORE] is None, name
        assert explained(answer) == wanted, name
        handed_out = disclosed(answer)
        assert handed_out == {group: wanted[group] for group in handed_out}, name
        assert stored == {group: action for group, action in wanted.items() if action and group in STORED}, name
        compared += len(wanted) + len(handed_out) + len(STORED)
    assert compared > 200


def test_each_relation_has_a_door_or_is_asked_about_here() -> None:
    assert {relation for _, relation in DOORLESS} == set(Relation) - DOORS


def typed(function: Function, relation: Relation, classes: frozenset[str]) -> Opened:
    """What people typed for every group of a record of which this is true."""
    known = frozenset(map(CaseClass, classes))
    place = function, relation, AccessLevel.PRACTITIONER
    return {
        group: next((a for a in (Action.SEE, Action.SUMMARY) if expected((*place, group, a), known)), None)
        for group in DataGroup
    }


async def asked(world: World, function: Function, record: UUID) -> dict[str, Any] | None:
    """The record through HTTP."""
    kind = await world.platform.admin.fetchval("SELECT kind FROM record WHERE id = $1", record)
    name = "Case" if kind == "case" else "DutyToNotifyRecord"
    answer = await world.person(OUTSIDER, function).ask(RECORD, id=public(name, record))
    found: dict[str, Any] | None = answer["node"]
    return found


def explained(answer: dict[str, Any] | None) -> Opened:
    """What the explanation says of every group."""
    groups = answer["access"]["groups"] if answer else []
    verdicts = {DataGroup(one["group"].lower()): OPENED[one["verdict"]] for one in groups}
    return dict.fromkeys(DataGroup) | verdicts


def disclosed(answer: dict[str, Any] | None) -> Opened:
    """What was handed out of the groups that the language has."""
    found: Opened = {}
    for name, group in (answer or {}).items():
        if name != "access":
            kind = group["__typename"] if group else "Withheld"
            whole = Action.SUMMARY if kind.endswith("Summary") else Action.SEE
            found[DataGroup(name)] = None if kind == "Withheld" else whole
    return found


async def rows(world: World, function: Function, record: UUID) -> Opened:
    """What row security alone lets the application read of the stored groups, when all of them are asked for."""
    async with transaction(world.database, world.secret(OUTSIDER, function)) as raw:
        await admit(raw, record, STORED)
        tables = {Action.SUMMARY: "group_summary", Action.SEE: "group_content"}
        found = {action: await raw.fetch(f"SELECT data_group FROM {name}") for action, name in tables.items()}
    return {DataGroup(row["data_group"]): action for action, read in found.items() for row in read}
