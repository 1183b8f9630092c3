"""The files of a case are listed by group: for whoever reads the group, and as if there were none for others."""

from typing import Any
from uuid import uuid4

import pytest

from api.development.examples import OPERATIONS
from tests.journeys.test_attachments import NEVER, attached
from tests.services.attachments import files
from tests.world.platform import Person, Platform
from tests.world.stories import refer, told

pytestmark = pytest.mark.anyio
LIST = (OPERATIONS / "cases" / "ListCaseFiles.graphql").read_text(encoding="utf-8")


async def files_of(who: Person, case: str, *groups: str) -> dict[str, Any]:
    found = (await who.ask(LIST, caseId=case, groups=list(groups) or None))["caseFiles"]
    return {one["group"]: one["files"] for one in found["groups"]}


async def test_files_are_listed_by_group_with_who_attached_them_when_and_what_the_scanner_said(
    platform: Platform,
) -> None:
    await platform.set_clock("2026-05-26T10:00+01:00")
    officer, decider = await platform.sign_in("wyp-1"), await platform.sign_in("sca-2")
    case = await refer(officer)
    letter = await attached(officer, case, b"A letter.")
    await attached(officer, case, files.png(), group="health")
    before = len(await platform.ledger())

    found = await files_of(decider, case["id"], "EVIDENCE")

    (file,) = found["EVIDENCE"]
    assert file["id"] == letter["id"]
    assert file["agency"]["name"] == "West Yorkshire Police"
    said = {key: file[key] for key in ("name", "kind", "size", "scan", "addedAt", "isOwn")}
    assert said == {
        "name": "attachment-1.txt", "kind": "TEXT", "size": 9, "scan": "NOT_SCANNED",
        "addedAt": "2026-05-26T09:00:00+00:00", "isOwn": False,
    }  # fmt: skip
    (line,) = (await platform.ledger())[before:]
    assert (line["act"], line["verdict"], sorted(line["groups"])) == ("see", "disclosed", ["core", "evidence"])

    assert (await files_of(decider, case["id"], "EVIDENCE", "SUPPORT_PLAN"))["SUPPORT_PLAN"] is None
    colleague = await files_of(await platform.sign_in("wyp-2"), case["id"])
    assert set(colleague.values()) == {None}, "knows of the case, and reads none of its groups"
    assert len((await files_of(officer, case["id"]))["EVIDENCE"]) == 1
    assert await files_of(officer, case["id"], "CORE") == {}, "holds no files"


async def test_for_whoever_may_not_know_the_answer_is_that_of_a_random_id(platform: Platform) -> None:
    officer = await platform.sign_in("wyp-1")
    case = await refer(officer)
    await attached(officer, case, b"A letter.")
    for who in ("exh-1", "gmp-2"):
        stranger = await platform.sign_in(who)
        answers = [
            await stranger.post(LIST, {"caseId": one, "groups": None}) for one in (case["id"], NEVER, str(uuid4()))
        ]
        assert told(answers[0]) == told(answers[1]) == told(answers[2]), who
        assert answers[0].json() == {"data": {"caseFiles": None}}
