"""The competent authority decides on the adult's referral: a proposal is returned, a second one is issued."""

from collections.abc import Mapping
from typing import Any

from tests.contract.storyteller import Storyteller, started

PANEL = {
    "metOn": "2026-05-27",
    "members": [
        {"name": "Petra Invented", "seat": "POLICE", "isChair": True, "workedOnCase": False},
        {"name": "Lars Invented", "seat": "LOCAL_AUTHORITY", "workedOnCase": False},
    ],
}


async def the_adult_is_decided_on(teller: Storyteller) -> None:
    """The week after the bank holiday, within the target."""
    await teller.at("2026-05-28T08:45+01:00")
    reference = {"reference": teller.references["the adult's case"]}
    case = await teller.ask("sca-1", "ReadCase", "Before deciding.", **reference)
    await teller.at("2026-05-28T09:00+01:00")
    read = {"caseId": case["id"], "expectedVersion": case["version"]}
    words = started("ProposeDecision") | read
    negative = {"outcome": "NEGATIVE", "grounds": ["EVIDENCE_INSUFFICIENT"], "evidence": ["ACCOUNT"], "panel": PANEL}
    propose, issue = "ProposeDecision", "IssueDecision"
    await teller.do("wyp-1", propose, "Whoever referred does not decide.", **words)
    await teller.do("sca-1", propose, "Words that are missing.", **words | {"reasons": "", "evidence": []})
    proposed = await teller.do("sca-1", propose, "A negative, for a second look.", **words | negative)
    answer = {"caseId": case["id"], "proposalId": _open(proposed)}
    await teller.do("sca-1", issue, "Nobody gives their own negative the second look.", **answer)
    why = {"reason": "The receipts were not looked at."}
    await teller.do("sca-2", "ReturnDecision", "The second look finds something missing.", **answer, **why)
    await teller.do("sca-2", issue, "What was returned is not issued.", **answer)
    again = await teller.do("sca-1", propose, "A positive, with what was missing.", **words)
    await teller.do("sca-1", issue, "It is issued today.", caseId=case["id"], proposalId=_open(again))
    await teller.ask("wyp-1", "ReadCase", "Whoever referred reads the decision.", **reference)


def _open(payload: Mapping[str, Any]) -> str:
    proposals = payload["case"]["decisions"]["proposals"]
    (waiting,) = [proposal["id"] for proposal in proposals if proposal["answer"] is None]
    return str(waiting)
