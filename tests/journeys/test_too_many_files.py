"""A case that goes on from a concern holds no more of an agency's files than any other."""

import pytest

from tests.journeys.test_attachments import TEXT, attached
from tests.journeys.test_attachments import listed as listed_of_case
from tests.journeys.test_draft_files import add, answers
from tests.world.drafts import read, saved, submit
from tests.world.platform import Platform
from tests.world.stories import open_concern, seen

pytestmark = pytest.mark.anyio

ALMOST_ALL = """
    INSERT INTO attachment (record_id, data_group, position, kind, size, place, scan, agency_id, function, added_by,
                            added_at)
    SELECT record_id, data_group, n, kind, size, encode(sha256(n::text::bytea), 'hex'), scan, agency_id, function,
           added_by, added_at
    FROM attachment, generate_series(2, 99) n
"""


async def test_files_that_are_too_many_together_are_not_sent_until_one_goes(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    concern = await open_concern(asha)
    await attached(asha, concern, TEXT)
    await platform.admin.execute(ALMOST_ALL)
    draft = await saved(asha, await answers(asha, age="CHILD"))
    kept = [(await add(asha, draft["id"], TEXT)).json()["file"]["id"] for _ in range(2)]
    continuing = {"caseId": concern["id"], "expectedVersion": (await seen(asha, concern))["version"]}

    (problem,) = (await submit(asha, draft, fromConcern=continuing))["problem"]["problems"]

    assert (problem["path"], problem["code"]) == ("files", "too_many")
    assert [one["id"] for one in (await read(asha, draft))["files"]] == kept
    assert await platform.admin.fetchval("SELECT count(*) FROM attachment") == 99
    assert (await seen(asha, concern))["stage"] == "CONCERN"

    assert (await asha.browser.delete(f"/draft-files/{kept[0]}", headers={"idempotency-key": "one goes"})).is_success
    assert (await submit(asha, draft, fromConcern=continuing))["problem"] is None
    assert len((await listed_of_case(asha, concern)).json()["attachments"]) == 100
