"""How a request ends: answered in full, refused, with nothing held, sent on, withdrawn, or by its date."""

from typing import Any

import pytest

from tests.journeys.test_information_requests import FORCE, SCHOOL, referred, taken
from tests.world.platform import Platform
from tests.world.requests import SEE, SURGERY, act, asked, requests_of, waiting
from tests.world.sharing import agency_id
from tests.world.stories import inbox, kinds, look, told

pytestmark = pytest.mark.anyio


async def test_a_partial_answer_leaves_it_open_and_a_full_one_ends_it(platform: Platform) -> None:
    asha, _, case = await referred(platform)
    cora = await platform.sign_in("wyp-3")
    request = await asked(platform, asha, case, FORCE)

    assert (await act(cora, "AcknowledgeRequest", **request))["problem"] is None
    assert (await act(cora, "AcknowledgeRequest", **request))["problem"]["code"] == "OVER"
    for kind, still in (("PARTIAL", 1), ("FULFILLED", 0)):
        assert (await act(cora, "AnswerRequest", **request, kind=kind, words="As far as we know."))["problem"] is None
        assert len(await waiting(cora)) == len(await waiting(asha, "ASKED")) == still
    again = await act(cora, "AnswerRequest", **request, kind="FULFILLED", words="More.")
    assert again["problem"]["code"] == "OVER"
    (read,) = await requests_of(asha, case) or []
    assert [(step["status"], step["by"]) for step in read["steps"]] == [
        ("PENDING", "PC Asha Invented"), ("ACKNOWLEDGED", "DC Cora Invented"), ("PARTIAL", "DC Cora Invented"),
        ("FULFILLED", "DC Cora Invented"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("RefuseRequest", {"code": "PREJUDICE_TO_INVESTIGATION", "words": "Not now."}, "REFUSED"),
        ("AnswerRequest", {"kind": "NO_INFORMATION_HELD", "words": "She is not our patient."}, "NO_INFORMATION_HELD"),
    ],
)
async def test_an_end_without_information_has_its_reason(
    platform: Platform, name: str, content: dict[str, Any], status: str
) -> None:
    asha, _, case = await referred(platform)
    noor = await platform.sign_in("ess-1")
    request = await asked(platform, asha, case, SURGERY)
    await taken(noor, case)

    assert (await act(noor, name, **request, **content))["problem"] is None

    (read,) = await requests_of(asha, case) or []
    assert (read["status"], read["steps"][-1]["words"]) == (status, content["words"])
    assert read["steps"][-1]["refusalCode"] == content.get("code")
    await platform.deliver()
    assert "REQUEST_ANSWERED" in await kinds(await platform.sign_in("wyp-2"))
    if status == "REFUSED":
        assert await look(noor, case) is None, "nothing to answer: nothing to read"


async def test_redirecting_tells_the_asker_and_nobody_else(platform: Platform) -> None:
    asha, _, case = await referred(platform)
    noor, mina = await platform.sign_in("ess-1"), await platform.sign_in("eps-1")
    request = await asked(platform, asha, case, SURGERY)
    await taken(noor, case)
    to = {"agencyId": await agency_id(platform, SCHOOL[0]), "function": SCHOOL[1]}
    assert (await act(noor, "RedirectRequest", **request, to=to, words="Her school knows."))["problem"] is None

    (read,) = await requests_of(asha, case) or []
    assert read["status"] == "REDIRECTED"
    assert read["steps"][-1]["redirectedTo"] == {"agency": {"name": "Example Park School"}, "function": "EDUCATION"}
    assert await look(mina, case) is await look(noor, case) is None


async def test_what_is_withdrawn_is_gone_for_who_was_asked(platform: Platform) -> None:
    asha, _, case = await referred(platform)
    noor = await platform.sign_in("ess-1")
    request = await asked(platform, asha, case, SURGERY, tell=["IDENTITY"])
    await taken(noor, case)
    assert (await act(noor, "WithdrawRequest", **request, reason="Not ours."))["problem"]["__typename"] == "Refused"

    assert (await act(asha, "WithdrawRequest", **request, reason="We found out."))["problem"] is None

    gone = told(await noor.post(SEE, {"reference": case["reference"]}))
    assert gone == told(await noor.post(SEE, {"reference": "C-2222-2222-2"}))
    assert (await act(noor, "AcknowledgeRequest", **request))["problem"]["__typename"] == "NotFound"
    await platform.deliver()
    (notice, *_) = await inbox(noor)
    assert (notice["kind"], notice["record"]) == ("REQUEST_WITHDRAWN", None)


async def test_a_request_expires_by_itself(platform: Platform) -> None:
    await platform.set_clock("2026-05-22T10:00+01:00")
    asha, _, case = await referred(platform)
    await asked(platform, asha, case, SURGERY, urgency="EMERGENCY")
    noor = await platform.sign_in("ess-1")
    await taken(noor, case)

    await platform.set_clock("2026-06-19T23:59+01:00")
    noor, asha = await platform.sign_in("ess-1"), await platform.sign_in("wyp-1")
    assert [item["request"]["daysLeft"] for item in await waiting(noor)] == [-28]
    await platform.set_clock("2026-06-20T00:00+01:00")
    assert await waiting(noor) == await waiting(asha, "ASKED") == []
    assert await look(noor, case) is None
    assert (await requests_of(asha, case) or [])[0]["status"] == "EXPIRED"
