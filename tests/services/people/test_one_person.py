"""No sequence of administrative acts by one person gives that person, or anybody else, more than before."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.services.people.powers import DAY_ONE as TODAY
from tests.services.people.powers import HORIZON, LINE, Act, OnePerson, powers
from tests.world.server import FreshDatabase

PEOPLE = {
    "wyp-5": "first_responder",
    "con-1": "platform_operation",
    "wyp-4": "first_responder",
    "lcc-4": "childrens_services",
}
FUNCTIONS = (
    "first_responder", "first_responder", "investigating_police", "childrens_services", "platform_operation",
    "decision_maker",
)  # fmt: skip
LEVELS = ("practitioner", "approver", "administrator", "service")
WIDENING = (
    "member.add", "function.give", "level.change", "team.join", "agency.onboard", "agency_function.give",
    "provider.register", "provider.change", "administrator.appoint", "end.cancel", "end.cancel",
    "machine_client.register", "machine_key.add",
)  # fmt: skip
SINGLE = (
    "function.end", "function.end", "level.lower", "team.leave", "agency_function.end", "training.record",
    "team.create", "provider.close", "provider_secret.set", "email.set", "machine_client.end", "machine_key.retire",
)  # fmt: skip
# The two walls that keep one person from deciding alone: the function's own check, and the table's.
PLANTED = """
    ALTER TABLE administrative_proposal DROP CONSTRAINT two_people_decide;
    CREATE OR REPLACE FUNCTION approval_problem(the_proposal administrative_proposal) RETURNS text
    LANGUAGE sql STABLE AS $$ SELECT change_problem(the_proposal.act, the_proposal.agency_id,
        as_of_today(the_proposal.content), the_proposal.proposed_by) $$;
"""
Cast = dict[str, list[Any]]
KEY = {"kid": "key-1", "thumbprint": "first", "jwk": {}, "from": "2026-05-01", "until": "2027-05-01"}
CLIENT = {
    "name": "A system", "purpose": "Sends referrals", "function": "first_responder", "operations": ["ReadViewer"],
    "from": "2026-05-01", "until": "2027-05-01", "keys": [KEY],
}  # fmt: skip
REGISTER = """
    WITH proposal AS (
        INSERT INTO administrative_proposal (act, agency_id, content, reason, proposed_by, proposed_at, expires_at)
        SELECT 'machine_client.register', m.agency_id, $1, 'A test.', m.id, moment(), moment() + interval '1 hour'
        FROM member m WHERE m.subject = 'wyp-6' RETURNING id, agency_id, content)
    SELECT register_machine(p.agency_id, p.content, p.id) FROM proposal p
"""


def days() -> st.SearchStrategy[str]:
    return st.integers(-3, HORIZON + 3).map(lambda n: str(TODAY + timedelta(n)))


def contents(cast: Cast) -> st.SearchStrategy[dict[str, Any]]:
    """Everything any act could name, so that each finds what it needs and more."""
    return st.fixed_dictionaries(
        {
            "member": st.sampled_from(cast["members"]),
            "team": st.sampled_from(cast["teams"]),
            "agency": st.sampled_from(cast["agencies"]),
            "provider": st.sampled_from(["west-yorkshire-police"] * 3 + ["leeds-city-council", "concordat-platform"]),
            "subject": st.sampled_from(["new-1", "new-2", "wyp-5"]),
            "name": st.just("Somebody Invented"),
            "function": st.sampled_from(FUNCTIONS),
            "functions": st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=2),
            "access_level": st.sampled_from(LEVELS),
            "standing": st.sampled_from(["member", "manager"]),
            "from": st.just(str(TODAY)) | days(),
            "until": st.none() | days(),
            "on": st.none() | days(),
            "code": st.sampled_from(["example-bridge", "example-haven"]),
            "slug": st.sampled_from(["second", "sca", "west-yorkshire-police"]),
            "secret": st.just("a secret"),
            "email": st.just("somebody@invented.example"),
            "issuer": st.just("https://id.invented.example"),
            "client_id": st.just("concordat"),
            "kind": st.just("first_responder"),
            "completed_on": days(),
            "client": st.sampled_from(cast["clients"]),
            "purpose": st.just("Keeps a copy up to date"),
            "operations": st.just(["ReadViewer"]),
            "kid": st.sampled_from(["key-1", "key-2"]),
            "thumbprint": st.sampled_from(["second", "third"]),
            "jwk": st.just({}),
            "keys": st.just([KEY | {"kid": "key-1", "thumbprint": "another's"}]),
        }
    )


def acts(cast: Cast) -> st.SearchStrategy[Act]:
    def named(name: str, choices: Sequence[str]) -> st.SearchStrategy[Act]:
        kinds = st.sampled_from(choices)
        return st.builds(lambda act, content: Act(name, _fit(act, content)), kinds, contents(cast))

    outcomes = st.sampled_from(["approved", "approved", "approved", "declined", "withdrawn"])
    decide = st.builds(lambda which, o: Act("decide", {"which": which, "outcome": o}), st.integers(0, 9), outcomes)
    return st.one_of(
        named("propose", WIDENING),
        named("propose", WIDENING),
        named("propose", WIDENING),
        named("administer", SINGLE),
        decide,
        decide,
        st.builds(lambda content: Act("leave", content), contents(cast)),
        st.builds(lambda function: Act("act_as", {"function": function}), st.sampled_from(FUNCTIONS)),
        st.builds(lambda days: Act("pass", {"days": days}), st.integers(1, 16)),
    )


def _fit(act: str, content: dict[str, Any]) -> dict[str, Any]:
    """What speaks of nobody in particular may not name a member, or it is about them."""
    about_nobody = ("member.add", "agency.", "agency_function.", "provider.", "administrator.", "team.create")
    kept = {name: value for name, value in content.items() if name != "member" or not act.startswith(about_nobody)}
    return kept | {"act": act}


async def _cast(admin: asyncpg.Connection) -> Cast:
    members = await admin.fetch(
        "SELECT id FROM member WHERE subject IN ('wyp-1', 'wyp-4', 'wyp-5', 'lcc-1', 'lcc-4', 'con-1')"
    )
    agencies = await admin.fetch("SELECT id FROM agency WHERE code IN ('west-yorkshire-police', 'example-haven')")
    return {
        "members": [*(str(row["id"]) for row in members), str(uuid4())],
        "teams": [str(row["id"]) for row in await admin.fetch("SELECT id FROM team ORDER BY name")],
        "clients": [str(await admin.fetchval("SELECT id FROM machine_client")), str(uuid4())],
        "agencies": [row["id"] for row in agencies] + [UUID(int=0)],
    }


async def _alone(admin: asyncpg.Connection, subject: str, story: Sequence[Act]) -> int:
    """Let one person do all this; how much of it worked. Everything is undone."""
    undo = admin.transaction()
    await undo.start()
    try:
        person = OnePerson(admin, subject)
        await person.sign_in(PEOPLE[subject])
        before = await powers(admin)
        for act in story:
            more = await powers(admin) - before if await person.attempt(act) else frozenset()
            assert not more, (act, sorted(more)[:3])
            await _said(admin)
        return person.done
    finally:
        await undo.rollback()


async def _said(admin: asyncpg.Connection) -> None:
    """What was done stands in the ledger with what it changed. Both acts left out may find things as they make them."""
    line = await admin.fetchrow(LINE)
    if line is not None and line["act"] not in ("email.set", "session.act_as"):
        assert line["after"] is not None, line["act"]
        assert line["before"] != line["after"], line["act"]


def _search(database: FreshDatabase, examples: int, planted: str = "SELECT") -> int:
    """Look for a story that breaks the promise; how many acts worked in all."""
    worked = 0
    with asyncio.Runner() as runner:
        admin = runner.run(asyncpg.connect(database.admin_url))
        runner.run(admin.execute(planted))
        runner.run(admin.execute("UPDATE test_clock SET at = '2026-05-01 12:00+01'"))
        runner.run(admin.fetchval(REGISTER, json.dumps(CLIENT)))
        cast = runner.run(_cast(admin))

        @settings(
            max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.sampled_from([*PEOPLE, "wyp-5", "con-1"]), st.lists(acts(cast), min_size=5, max_size=14))
        def tell(subject: str, story: list[Act]) -> None:
            nonlocal worked
            worked += runner.run(_alone(admin, subject, story))

        try:
            tell()
        finally:
            runner.run(admin.close())
    return worked


def test_whatever_one_person_does_alone_nobody_has_more_than_before(fresh_database: FreshDatabase) -> None:
    worked = _search(fresh_database, 300)
    assert worked > 40, f"{worked}: too few acts worked for the search to mean anything"


def test_the_search_finds_it_when_one_person_could_approve_alone(fresh_database: FreshDatabase) -> None:
    with pytest.raises(AssertionError, match=r"Act\(name='decide'"):
        _search(fresh_database, 400, PLANTED)
