"""Who may share what with whom: a table typed by hand, asked of the database in each giver's own name."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.database.raw import admit, refused, transaction
from tests.services.database.world import World

pytestmark = pytest.mark.anyio

GIVERS = {
    "referrer": ("wyp-1", "first_responder"),
    "opener": ("eps-1", "education"),
    "decision_maker": ("sca-1", "decision_maker"),
    "investigating_police": ("wyp-3", "investigating_police"),
    "safeguarding_lead": ("lcc-1", "childrens_services"),
    "support_intake": ("tsa-1", "support_prime"),
}
PROBLEM = """SELECT problem FROM share_problems($1, $2, 'recipient',
    jsonb_build_array(jsonb_build_object('group', $3::text, 'live', $4::boolean)))"""
DECIDE = """SELECT decide_share($1, true, jsonb_build_object(
    'agency', (SELECT id FROM agency WHERE code = $2), 'function', $3::text, 'ends_on', london_today() + 1,
    'groups', jsonb_build_array(jsonb_build_object('group', $4::text, 'live', true)), 'purpose', 'p', 'article_6', 'a',
    'condition', 'c', 'power', 'w', 'words', '[]'::jsonb, 'conditions', 'c', 'statements', '{}'::jsonb,
    'consent_asked', true, 'consent_given', true, 'risks', 'r'))"""


def typed() -> list[dict[str, str]]:
    with Path(__file__).with_name("shares.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(row: dict[str, str]) -> str:
    return " ".join(row.values())


@pytest.mark.parametrize("row", typed(), ids=named)
async def test_the_table_holds(world: World, row: dict[str, str]) -> None:
    """Live where the giver sees what comes, else the version that an opener holds."""
    record = world.records[row["record"]]
    async with transaction(world.database, world.secret(*GIVERS[row["giver"]])) as raw:
        assert (await admit(raw, record, (), "share.give"))["may_act"]
        problem = await raw.fetchval(PROBLEM, record, row["recipient"], row["group"], row["giver"] != "opener")

    assert problem == (None if row["answer"] == "yes" else row["answer"])


def forced() -> Iterator[tuple[str, str, str, str]]:
    yield "referrer", "example-haven", "accommodating_provider", "exploiters"
    yield "referrer", "example-haven", "accommodating_provider", "safe_address"
    yield "referrer", "example-park-school", "guardian", "account"
    yield "referrer", "west-yorkshire-police", "first_responder", "account"
    yield "decision_maker", "example-harbour", "guardian", "account"


@pytest.mark.parametrize(("giver", "agency", "function", "group"), list(forced()))
async def test_the_gatekeeper_refuses_whatever_a_program_forgot(
    world: World, giver: str, agency: str, function: str, group: str
) -> None:
    """What no rule lets through, a function that the agency does not have, and one's own function."""
    record = world.records["adult"]
    async with transaction(world.database, world.secret(*GIVERS[giver])) as raw:
        await admit(raw, record, (), "share.give")

        assert await refused(raw, DECIDE, record, agency, function, group)
        assert not await refused(raw, DECIDE, record, "example-harbour", "guardian", ALLOWED[giver])


ALLOWED = {"referrer": "account", "decision_maker": "decisions"}


async def test_without_the_act_nothing_is_shared(world: World) -> None:
    record = world.records["adult"]
    async with transaction(world.database, world.secret("wyp-1")) as raw:
        for act in ("see", "case.assign"):
            await admit(raw, record, ["account"], act)

            assert await refused(raw, DECIDE, record, "example-harbour", "guardian", "account")


async def test_a_notification_is_shared_by_nobody(world: World) -> None:
    """Neither its sender's function nor the force may; what it says goes where the law sends it."""
    record = world.records["notification"]
    for subject, function in (("sca-3", None), ("wyp-3", "investigating_police"), ("wyp-1", None)):
        async with transaction(world.database, world.secret(subject, function)) as raw:
            row = await admit(raw, record, (), "share.give")
            assert row is None or not row["may_act"]
            assert await refused(raw, DECIDE, record, "example-harbour", "guardian", "duty_to_notify")
