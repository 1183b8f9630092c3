"""The part of the story in which providers are closed, moved and re-keyed, and an agency stops doing something."""

from typing import Any

from schema.node import global_id
from tests.contract.storyteller import Storyteller

AGENCY = "SELECT id FROM agency WHERE name = $1"
POLICE, HAVEN = "west-yorkshire-police", "example-haven"
NEW_SECRET = "the-secret-that-the-provider-gave"


async def providers_are_looked_after(teller: Storyteller) -> None:
    """One closes and re-keys, two move; each with a fresh sign-in."""
    await teller.at("2026-06-15T09:00+01:00")
    secret = {"setProviderSecret": {"slug": POLICE, "secret": NEW_SECRET}}
    teller.placeholders.call(NEW_SECRET, "<the secret that the provider gave>")
    await _administer(teller, "wyp-5", "A secret that the agency's provider gave anew.", secret)
    await _administer(teller, "lcc-4", "A secret of another agency's provider.", secret)
    haven = await _agency(teller, "Example Haven")
    closing = {"closeProvider": {"agencyId": haven, "slug": HAVEN}}
    await _administer(teller, "wyp-1", "An officer who administers nobody closes a provider.", closing)
    await _administer(teller, "con-1", "The platform closes a provider that is not trusted any more.", closing)
    await _administer(teller, "con-1", "It was closed before.", closing)
    change = {"changeProvider": {"agencyId": haven, "slug": HAVEN, "stepUpAcr": "urn:example:gold"}}
    moving: dict[str, Any] = {"change": change, "reason": "The agency has a new sign-in."}
    await teller.do("wyp-5", "ProposeChange", "An agency's own administrators move no provider.", **moving)
    made = await teller.do(
        "con-1", "ProposeChange", "The level that proves a step-up there; and the provider is open again.", **moving
    )
    decided = {"proposalId": made["proposal"]["id"], "decision": "APPROVE"}
    await teller.do("con-2", "DecideProposal", "The platform's second administrator moves the provider.", **decided)


async def _a_rule_is_entered(teller: Storyteller) -> None:
    """For a day to come, by two of the platform's administrators."""
    columns = {"nation": "england", "longest_days": "180"}
    row = {
        "table": "EXTENSION_LIMITS",
        "since": "2027-04-01",
        "columns": [{"name": name, "value": value} for name, value in columns.items()],
        "source": "An invented Act of 2026",
        "status": "FOUND",
    }
    await teller.at("2026-06-15T10:00+01:00")
    entering: dict[str, Any] = {"change": {"enterRegimeRow": row}, "reason": "The Act begins in April."}
    earlier = entering | {"change": {"enterRegimeRow": row | {"since": "2026-06-15"}}}
    await teller.do("con-1", "ProposeChange", "What is done today is done by the rules of today.", **earlier)
    strange = entering | {"change": {"enterRegimeRow": row | {"columns": [{"name": "days", "value": "180"}]}}}
    await teller.do("con-1", "ProposeChange", "A column that the table does not have.", **strange)
    made = await teller.do("con-1", "ProposeChange", "A rule of a day to come.", **entering)
    decided = {"proposalId": made["proposal"]["id"], "decision": "APPROVE"}
    await teller.do("con-1", "DecideProposal", "Nobody enters a rule alone.", **decided)
    await teller.ask("con-2", "ListEnteredRegimeRows", "What waits for the second administrator.")
    await teller.do("con-2", "DecideProposal", "The second administrator enters the rule.", **decided)
    await teller.ask("con-1", "ListEnteredRegimeRows", "What was entered, and by whom.")
    await teller.ask("wyp-5", "ListEnteredRegimeRows", "An administrator of one agency.")


async def an_agency_is_to_stop_doing_something(teller: Storyteller) -> None:
    """Never at once over open work; with a day, its managers are told. Before it, a rule is entered."""
    await _a_rule_is_entered(teller)
    await teller.at("2026-06-15T11:00+01:00")
    ending = {"agencyId": await _agency(teller, "Leeds City Council"), "function": "CHILDRENS_SERVICES"}
    await _administer(
        teller, "con-1", "Something is open in a function that ends at once.", {"endAgencyFunction": ending}
    )
    later = {"endAgencyFunction": ending | {"on": "2026-10-01"}}
    await _administer(teller, "con-1", "An agency's function ends on a day to come.", later)
    await teller.platform.deliver()
    await teller.ask("lcc-2", "ListNotices", "A manager of the function that ends.", first=1)


async def _administer(teller: Storyteller, subject: str, about: str, act: dict[str, Any]) -> None:
    await teller.do(subject, "Administer", about, act=act, reason="Agreed by telephone.")


async def _agency(teller: Storyteller, name: str) -> str:
    found = global_id("Agency", await teller.platform.admin.fetchval(AGENCY, name))
    teller.placeholders.call(found, f"<id of {name}>")
    return found
