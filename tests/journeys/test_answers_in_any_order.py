"""Whatever is written, answered and shared later, what one answer released stays what it was on the day."""

import random
from typing import Any

import pytest

from tests.world.forms import adult_referral
from tests.world.platform import Person, Platform
from tests.world.requests import act, asked, release, requests_of
from tests.world.sharing import give, weighed
from tests.world.stories import raw_id, refer

pytestmark = pytest.mark.anyio

FIELDS = {"IDENTITY": "identity", "ACCOUNT": "account", "REFERRER": "referrer"}
NEWEST = "SELECT version FROM group_content WHERE record_id = $1 AND data_group = $2 ORDER BY version DESC LIMIT 1"
WRITE = """
    INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
    SELECT record_id, data_group, version + 1, content, moment(), recorded_by FROM group_content
    WHERE record_id = $1 AND data_group = $2 ORDER BY version DESC LIMIT 1
"""
VERSIONS = """query ($reference: String) { case(reference: $reference) {
  identity { __typename ... on Identity { version } } account { __typename ... on Account { version } }
  referrer { __typename ... on Referrer { version } } } }"""


@pytest.mark.parametrize("seed", range(3))
async def test_an_answer_never_moves(platform: Platform, seed: int) -> None:
    """Housing was given a share without content of its own, asks, and reads answers only."""
    chance = random.Random(seed)  # noqa: S311 - a walk, no secret
    asha, olu = await platform.sign_in("wyp-1"), await platform.sign_in("exh-1")
    case = await refer(asha, adult_referral())
    await asker_becomes_involved(platform, asha, case)
    newest: dict[str, int] = {}
    told: list[list[dict[str, Any]]] = []
    for _ in range(8):
        if chance.random() < 0.5:
            await platform.admin.execute(WRITE, raw_id(case["id"]), chance.choice(sorted(FIELDS)).lower())
        else:
            group = chance.choice(sorted(FIELDS))
            request = await asked(platform, olu, case, ("west-yorkshire-police", "FIRST_RESPONDER"), groups=[group])
            part = await release(platform, group)
            said = await act(asha, "AnswerRequest", **request, kind="FULFILLED", release=part)
            assert said["problem"] is None, said
            newest[group] = await platform.admin.fetchval(NEWEST, raw_id(case["id"]), group.lower())
            told.insert(0, [{"group": group, "version": newest[group]}])
        read = [request["steps"][-1]["released"] for request in await requests_of(olu, case) or []]
        assert read == told
        found = (await olu.ask(VERSIONS, reference=case["reference"]))["case"]
        seen = {group: found[field]["version"] for group, field in FIELDS.items() if "version" in (found[field] or {})}
        assert seen == newest
    assert told


async def asker_becomes_involved(platform: Platform, asha: Person, case: dict[str, Any]) -> None:
    """By a share of what nobody recorded: it opens the case and shows nothing."""
    payload = await give(
        platform, asha, case, ("example-haven", "ACCOMMODATING_PROVIDER"), [weighed("HEALTH", live=True)]
    )
    assert payload["problem"] is None, payload
