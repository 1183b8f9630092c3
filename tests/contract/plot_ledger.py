"""The part of the story in which governance officers read who looked."""

from tests.contract.storyteller import Storyteller

WEEK = {"from": "2026-05-20", "to": "2026-05-26"}


async def governance_officers_read_who_looked(teller: Storyteller) -> None:
    """Of the support prime, which led the adult's case, of the authority that decides it, and of a force in neither."""
    await teller.at("2026-05-27T09:00+01:00")
    adult = WEEK | {"reference": teller.references["the adult's case"]}
    counted = await teller.ask("tsa-ig", "ReadLedgerTotals", "Who saw what, counted.", filter=adult, first=6)
    haven = next(e["node"]["agency"]["id"] for e in counted["edges"] if e["node"]["agency"]["name"] == "Example Haven")
    refused = {
        "verdicts": ["REFUSED"],
        "group": "CREDIBILITY",
        "agencyId": haven,
    }  # one line each: of two at one moment none is the first
    await teller.ask("tsa-ig", "ReadLedger", "Who was refused a look.", filter=adult | refused)
    await teller.ask("sca-ig", "ReadLedger", "One's own agency's looks.", filter=adult | {"group": "CREDIBILITY"})
    await teller.ask("gmp-ig", "ReadLedger", "A case of which the force knows nothing.", filter=adult)
    await teller.ask("gmp-ig", "ReadLedgerTotals", "The same, counted.", filter=adult)
    await teller.ask("wyp-1", "ReadLedger", "Somebody who is no governance officer.", filter=adult)
