"""Operations on what stands beside a record: steps, shares, requests, meetings, and drafts of the form."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from tests.revocation.operation import Operation, sent
from tests.world.deciding import mutation
from tests.world.drafts import operation as of_drafts
from tests.world.meetings import CONVENE, ENTRY, HEALTH, READ, arrangement, convened, invitee, opened
from tests.world.platform import Person, Platform
from tests.world.requests import ACTS, SURGERY, asked, question
from tests.world.sharing import DECIDE_NOT, GIVE, decision

BEGUN: Final = {"identity.firstName": ["Invented"]}
ANSWERS: Final = [{"key": key, "values": words} for key, words in BEGUN.items()]
LATER: Final = {
    "a meeting": Operation(READ, "ess-1", "met", lambda g: {"id": g["meeting"]}),
    "taking a step": Operation(
        mutation("suspendCase"), "sca-1", "case",
        lambda g: sent(caseId=g["id"], expectedVersion=g["version"], words="Invented.", reason="CONTACT_LOST"),
        writes=True,
    ),
    "sharing": Operation(GIVE, "lcc-1", "concern", lambda g: sent(**g["share"], **g["until"]), writes=True),
    "deciding not to share": Operation(DECIDE_NOT, "lcc-1", "concern", lambda g: sent(**g["share"]), writes=True),
    "asking for information": Operation(
        ACTS["AskForInformation"], "lcc-1", "concern", lambda g: sent(**g["question"]), writes=True
    ),
    "taking on a request": Operation(
        ACTS["AcknowledgeRequest"], "ess-1", "met", lambda g: sent(requestId=g["request"]), writes=True
    ),
    "convening a meeting": Operation(CONVENE, "lcc-1", "concern", lambda g: sent(**g["meet"]), writes=True),
    "writing in a meeting": Operation(
        ENTRY, "lcc-1", "met",
        lambda g: sent(meetingId=g["meeting"], content={"note": {"words": "Invented."}}), writes=True,
    ),
    "saving a draft": Operation(
        of_drafts("SaveDraft"), "wyp-1", "case", lambda g: sent(answers=ANSWERS), writes=True, begins=True
    ),
    "going on with a draft": Operation(
        of_drafts("SaveDraft"), "wyp-1", "case", lambda g: sent(answers=ANSWERS, **g["draft"]), writes=True, begins=True
    ),
    "throwing a draft away": Operation(
        of_drafts("DeleteDraft"), "wyp-1", "case", lambda g: sent(**g["draft"]), writes=True, begins=True
    ),
}  # fmt: skip


async def said_of_a_concern(platform: Platform, worker: Person, concern: Mapping[str, Any]) -> dict[str, Any]:
    """What the council may share of it, ask about it, and meet for."""
    last = await platform.admin.fetchval("SELECT london_today()") + timedelta(days=30)
    invite = [await invitee(worker, HEALTH, "HEALTH")]
    usual = await arrangement(worker)
    brief = {"kind": "INITIAL", "trigger": "A concern.", "concern": "A risk.", "threshold": "Reached.", "agenda": []}
    return {
        "share": await decision(platform, concern, ("example-harbour", "GUARDIAN"), ["CHILD_PROTECTION"]),
        "until": {"conditions": "Ask first.", "endsOn": str(last)},
        "question": await question(platform, concern, SURGERY),
        "meet": {
            "caseIds": [concern["id"]], "nation": "ENGLAND", "arrangement": usual, "brief": brief, "invite": invite
        },
    }  # fmt: skip


async def meets_and_asks(platform: Platform, worker: Person, concern: Mapping[str, Any]) -> dict[str, Any]:
    """The council has met the surgery about it, and asks it."""
    invite = [await invitee(worker, HEALTH, "HEALTH")]
    meeting = await opened(worker, await convened(worker, concern, invite=invite))
    request = await asked(platform, worker, concern, SURGERY)
    await platform.deliver()
    return {"meeting": meeting["id"], "request": request["requestId"]}
