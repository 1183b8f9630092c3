"""The part of the story in which somebody is related to a child, and must not know of her case."""

from tests.contract.storyteller import Storyteller, started


async def somebody_must_not_know(teller: Storyteller) -> None:
    """One bars, two end it; a record is restricted and known again; whoever is in none of it learns nothing."""
    await teller.at("2026-05-27T14:00+01:00")
    child = {"reference": teller.references["the child's case"]}
    people = await teller.ask("lcc-ig", "ListFunctionsOn", "A governance officer finds a person.", on="2026-05-27")
    ella = next(held["memberId"] for held in people if held["name"] == "Ella Invented")
    form = started("SetAccessBar") | child | {"memberId": ella}
    await teller.do("exh-1", "SetAccessBar", "Whoever stands in nothing.", **form)
    await teller.do("lcc-1", "SetAccessBar", "A practitioner, and the very person.", **form)
    made = await teller.do("lcc-2", "SetAccessBar", "The lead's approver.", **form)
    await teller.ask("lcc-1", "ReadCase", "The case of a child to whom the reader is related.", **child)
    await teller.ask("lcc-2", "ReadAccessLimits", "The lead's approver.", **child)
    await teller.ask("lcc-1", "ReadAccessLimits", "Whom the bar keeps out.", **child)
    ending = started("EndAccessBar") | child | {"barId": made["limits"]["bars"][0]["id"]}
    await teller.do("lcc-2", "EndAccessBar", "The first asks.", **ending)
    await teller.do("lcc-2", "EndAccessBar", "One is not two.", **ending)
    await teller.do("lcc-ig", "EndAccessBar", "The second agrees.", **ending)
    await teller.do("lcc-2", "RestrictRecord", "The lead's approver.", **started("RestrictRecord") | child)
    await teller.do("lcc-2", "RestrictRecord", "It is so already.", **started("RestrictRecord") | child)
    await teller.do("lcc-2", "LiftRestriction", "Known again.", **started("LiftRestriction") | child)
