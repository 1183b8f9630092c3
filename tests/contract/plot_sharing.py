"""A referred child gets a guardian: what she needs is shared, what she does not need is not, and the share ends."""

from typing import Any

from schema.node import global_id
from tests.contract.storyteller import Storyteller, started

CHARITY = "SELECT id FROM agency WHERE code = 'example-harbour'"
COUNCIL = "SELECT id FROM agency WHERE code = 'leeds-city-council'"


async def somebody_shares(teller: Storyteller) -> None:
    """The Tuesday afternoon, at the council that referred the child and at the charity that guards children."""
    await teller.at("2026-05-26T14:00+01:00")
    await teller.ask("lcc-1", "ListLawfulWords", "What a share may name.")
    charity = global_id("Agency", await teller.platform.admin.fetchval(CHARITY))
    council = global_id("Agency", await teller.platform.admin.fetchval(COUNCIL))
    case = await teller.ask(
        "lcc-1", "ReadCase", "Before it is shared.", reference=teller.references["the child's case"]
    )
    to_guardians = {"caseId": case["id"], "recipient": {"agencyId": charity, "function": "GUARDIAN"}}
    share: dict[str, Any] = started("GiveShare") | to_guardians
    doubts = [share["groups"][0] | {"group": "CREDIBILITY"}, share["groups"][0] | {"group": "SAFE_ADDRESS"}]
    await teller.do("lcc-1", "GiveShare", "What no rule lets a guardian have.", **(share | {"groups": doubts}))
    own = {"recipient": {"agencyId": council, "function": "CHILDRENS_SERVICES"}}
    await teller.do("lcc-1", "GiveShare", "With oneself, and too long.", **(share | own | {"endsOn": "2027-06-30"}))
    await teller.do("sca-1", "GiveShare", "What the authority reads and did not write.", **share)
    await teller.do("exh-1", "GiveShare", "A case of which the person knows nothing.", **share)
    given = await teller.do("lcc-1", "GiveShare", "Her name, as it stands, for a guardian.", **share)
    account = [share["groups"][0] | {"group": "ACCOUNT"}]
    declined = started("DecideNotToShare") | to_guardians | {"groups": account}
    await teller.do("lcc-1", "DecideNotToShare", "What happened is not for the guardian yet.", **declined)
    await teller.platform.deliver()
    await teller.ask("eha-2", "ListNotices", "The guardians are told.", first=1)
    reference = teller.references["the child's case"]
    await teller.ask("eha-2", "ReadCase", "A guardian who has not taken it on.", reference=reference)
    await _it_ends(teller, case["id"], given["shareId"], reference)


async def _it_ends(teller: Storyteller, case: str, share: str, reference: str) -> None:
    me = await teller.ask("eha-2", "ReadViewer", "A guardian of the charity.")
    taking = {"caseId": case, "expectedVersion": 0, "memberId": me["id"], "reason": "Will be her guardian."}
    await teller.do("eha-2", "AssignCase", "A guardian takes on what was shared.", **taking)
    await teller.ask("eha-2", "ReadCase", "What was shared, with its conditions.", reference=reference)
    ending = started("EndShare") | {"shareId": share}
    await teller.do("eha-2", "EndShare", "Whoever was given it does not end it.", **ending)
    await teller.do("lcc-1", "EndShare", "The council ends it.", **ending)
    await teller.do("lcc-1", "EndShare", "It ended already.", **ending)
    await teller.ask("eha-2", "ReadCase", "After its end.", reference=reference)
