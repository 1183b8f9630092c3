"""A council that referred its own child has one letter where it takes the child's, and otherwise its own."""

import pytest

from tests.journeys.test_letters_as_documents import listed
from tests.journeys.test_letters_to_agencies import HEARD, OF_AGE, a_child, given, worked
from tests.journeys.test_protection import PARTS
from tests.world.deciding import decide, done
from tests.world.platform import Platform

pytestmark = pytest.mark.anyio
ANOTHER_COUNCIL = """INSERT INTO involvement
        (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source, given_by, from_at)
    SELECT r.id, r.kind, m.agency_id, 'childrens_services', 'safeguarding_lead', 'p', 'b', 's', m.id,
        moment() + interval '1 second'
    FROM record r, member m WHERE m.subject = 'exh-1'"""  # the one that was told last


async def test_a_council_is_told_as_the_first_responder_what_it_may_not_know_as_its_childs_council(
    platform: Platform,
) -> None:
    case = await a_child(platform, "lcc-1")
    await decide(platform, case, **HEARD)
    maker, other = await platform.sign_in("sca-1"), await platform.sign_in("sca-2")
    await worked(platform)
    await done(maker, "weighDisqualification", case, ground="PUBLIC_ORDER")
    await done(other, "decideDisqualification", case, isDisqualified=True, **PARTS)
    assert await worked(platform) == []
    assert ("first_responder", "disqualified", "leeds-city-council", "childrens_services") in await given(platform)
    council = await platform.sign_in("lcc-1")
    (letter,) = await listed(council, case["id"], "FIRST_RESPONDER")
    assert (await council.get(f"/letters/{letter['id']}.pdf")).status_code == 200


async def test_a_council_that_had_one_letter_has_its_own_when_the_other_goes_to_whoever_is_an_adult(
    platform: Platform,
) -> None:
    case = await a_child(platform, "lcc-1")
    await decide(platform, case, **HEARD)
    await platform.admin.execute(OF_AGE)
    for _ in range(2):
        assert await worked(platform) == []
    assert await given(platform) == [
        ("first_responder", "reasonable_grounds_positive", "leeds-city-council", "childrens_services"),
        ("person", "reasonable_grounds_positive", None, None),
    ]


async def test_a_council_that_referred_has_its_own_letter_where_another_stands_for_the_child(
    platform: Platform,
) -> None:
    case = await a_child(platform, "lcc-1")
    await platform.admin.execute(ANOTHER_COUNCIL)
    await platform.set_clock("2026-05-20T10:10+01:00")
    await decide(platform, case, **HEARD)
    assert await worked(platform) == []
    assert [row[::2] for row in await given(platform)] == [
        ("first_responder", "leeds-city-council"),
        ("for_the_child", "example-haven"),
    ]
