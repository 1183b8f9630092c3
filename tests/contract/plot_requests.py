"""Children's services ask a surgery about the child: what it learns by that, how it answers, what else may happen."""

from typing import Any

from schema.node import global_id
from tests.contract.storyteller import Storyteller, started

AGENCY = "SELECT id FROM agency WHERE code = $1"
CASE = "the child's case"


async def somebody_asks(teller: Storyteller) -> None:
    """The Tuesday, late in the afternoon."""
    await teller.at("2026-05-26T16:00+01:00")
    surgery, school = [await _agency(teller, code) for code in ("example-street-surgery", "example-park-school")]
    case = await teller.ask("lcc-1", "ReadCase", "Before anybody is asked.", reference=teller.references[CASE])
    to_doctor: dict[str, Any] = {"caseId": case["id"], "addressee": {"agencyId": surgery, "function": "HEALTH"}}
    question = started("AskForInformation") | to_doctor
    ask = "AskForInformation"
    danger = {"conflict": "A relative of the exploiter works there."}
    await teller.do("lcc-1", ask, "A name for whoever may be the danger.", **(question | danger))
    await teller.do("lcc-1", ask, "What is not theirs to tell.", **(question | {"tell": ["DECISIONS"]}))
    await teller.do("exh-1", ask, "A case of which the person knows nothing.", **question)
    asked = await teller.do("lcc-1", ask, "The doctor is asked, and told the name.", **question)
    request = {"requestId": asked["requestId"]}
    await teller.platform.deliver()
    await teller.ask("ess-1", "ListNotices", "The surgery is told.", first=1)
    await _the_doctor_answers(teller, case["id"], request, school)
    second = await teller.do("lcc-1", ask, "The doctor is asked once more.", **(question | {"tell": []}))
    again = {"requestId": second["requestId"]}
    await teller.do("ess-1", "RefuseRequest", "The doctor refuses.", **(started("RefuseRequest") | again))
    third = await teller.do("lcc-1", ask, "And a third time.", **(question | {"tell": []}))
    last = {"requestId": third["requestId"]}
    await teller.do("exh-1", "WithdrawRequest", "A request of others.", **(started("WithdrawRequest") | last))
    await teller.do("lcc-1", "WithdrawRequest", "It is taken back.", **(started("WithdrawRequest") | last))
    fourth = await teller.do("lcc-1", ask, "And a last time.", **(question | {"tell": []}))
    redirect = started("RedirectRequest") | {"requestId": fourth["requestId"]}
    to = {"to": {"agencyId": school, "function": "EDUCATION"}}
    await teller.do("ess-1", "RedirectRequest", "The school may know.", **(redirect | to))
    await teller.ask("lcc-1", "ListInformationRequests", "What still waits.", side="ASKED", scope="AGENCY")


async def _the_doctor_answers(teller: Storyteller, case: str, request: dict[str, Any], school: str) -> None:
    me = await teller.ask("ess-1", "ReadViewer", "The doctor who is asked.")
    mine = request | {"memberId": me["id"], "reason": "My patient."}
    await teller.do("ess-1", "AssignRequest", "The doctor takes it on.", **mine)
    await teller.ask("ess-1", "ListInformationRequests", "What waits for the doctor.")
    reference = teller.references[CASE]
    await teller.ask("ess-1", "ReadCase", "What the doctor learns by being asked.", reference=reference)
    await teller.do("ess-1", "AcknowledgeRequest", "The doctor has it in hand.", **request)
    to = {"to": {"agencyId": school, "function": "HEALTH"}}
    redirect = started("RedirectRequest") | request | to
    await teller.do("ess-1", "RedirectRequest", "A function that the school has not.", **redirect)
    await teller.do("ess-1", "AnswerRequest", "The answer.", **(started("AnswerRequest") | request))
    await teller.do("ess-1", "AnswerRequest", "It is answered already.", **(started("AnswerRequest") | request))
    await teller.ask("lcc-1", "ReadCase", "With the answer.", reference=reference)


async def _agency(teller: Storyteller, code: str) -> str:
    return global_id("Agency", await teller.platform.admin.fetchval(AGENCY, code))
