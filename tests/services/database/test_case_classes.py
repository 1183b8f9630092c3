"""Case classes are reduced from dated facts on the London day, and stand nowhere."""

import asyncpg
import pytest

from tests.services.database.world import World

pytestmark = pytest.mark.anyio

FACT = """
    INSERT INTO case_fact (record_id, data_group, kind, value, effective_from, recorded_at, recorded_by)
    SELECT $1, CASE $2 WHEN 'age' THEN 'identity' WHEN 'cooperation' THEN 'criminal_justice'
                       WHEN 'support_wanted' THEN 'support_plan' ELSE 'core' END,
           $2, $3, london_today() + $4::integer, moment(), id FROM member LIMIT 1
"""
DECISION = """
    INSERT INTO decision (record_id, kind, outcome, issued_on, authority_id, recorded_at, recorded_by)
    SELECT $1, 'conclusive_grounds', 'positive', london_today() + 1, m.agency_id, moment(), m.id FROM member m LIMIT 1
"""
NOTIFICATION = "INSERT INTO record (kind, reference, opened_at) VALUES ('duty_to_notify', 'D', now()) RETURNING id"
CLASSES = {
    "nothing known": ([], {"child"}),
    "an adult": ([("age", "adult", 0)], {"adult"}),
    "a child": ([("age", "child", 0)], {"child"}),
    "in doubt": ([("age", "not_sure", 0)], {"child"}),
    "found to be an adult": ([("age", "child", -2), ("age", "adult", -1)], {"adult"}),
    "found to be a child": ([("age", "adult", -2), ("age", "child", -1)], {"child"}),
    "corrected on the same day": ([("age", "adult", 0), ("age", "child", 0)], {"child"}),
    "an adult from tomorrow": ([("age", "child", -1), ("age", "adult", 1)], {"child"}),
    "recorded late": ([("age", "adult", 0), ("age", "child", -5)], {"adult"}),
    "an adult who wants support": ([("age", "adult", 0), ("support_wanted", "yes", 0)], {"adult", "supported"}),
    "a child is supported elsewhere": ([("age", "child", 0), ("support_wanted", "yes", 0)], {"child"}),
    "an adult who wants none": ([("age", "adult", 0), ("support_wanted", "no", 0)], {"adult"}),
    "cooperating": ([("age", "adult", 0), ("cooperation", "yes", 0)], {"adult", "cooperating"}),
    "no longer": ([("age", "adult", 0), ("cooperation", "yes", -1), ("cooperation", "no", 0)], {"adult"}),
}


@pytest.mark.parametrize(("facts", "classes"), CLASSES.values(), ids=CLASSES)
async def test_the_classes_of_a_record_follow_from_its_facts_of_the_day(
    own_world: World, facts: list[tuple[str, str, int]], classes: set[str]
) -> None:
    admin = own_world.platform.admin
    record = await admin.fetchval(NOTIFICATION)
    for kind, value, days in facts:
        await admin.execute(FACT, record, kind, value, days)

    assert set(await admin.fetchval("SELECT case_classes($1, london_today())", record)) == {"always"} | classes


async def test_a_referral_and_a_conclusive_decision_are_classes_too(own_world: World) -> None:
    admin, record = own_world.platform.admin, own_world.records["adult"]
    classes = "SELECT case_classes($1, london_today() + $2::integer)"
    await admin.execute(DECISION, record)

    today, tomorrow = [set(await admin.fetchval(classes, record, days)) for days in (0, 1)]

    assert "referred" in today
    assert tomorrow - today == {"decided"}
    assert "referred" not in await admin.fetchval(classes, own_world.records["concern"], 0)


async def test_a_case_is_told_from_a_notification(own_world: World) -> None:
    admin = own_world.platform.admin
    classes = "SELECT case_classes($1, london_today())"

    assert "case" in await admin.fetchval(classes, own_world.records["adult"])
    assert "case" not in await admin.fetchval(classes, await admin.fetchval(NOTIFICATION))


async def test_a_fact_that_changes_classes_stands_in_its_own_group_only(own_world: World) -> None:
    admin, record = own_world.platform.admin, own_world.records["adult"]
    elsewhere = FACT.replace("ELSE 'core'", "ELSE 'contact'").replace("THEN 'support_plan'", "THEN 'contact'")

    with pytest.raises(asyncpg.CheckViolationError):
        await admin.execute(elsewhere, record, "support_wanted", "yes", 0)

    await admin.execute(FACT, record, "support_wanted", "yes", 0)
