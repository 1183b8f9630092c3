"""The part of the story in which a force administers its people, and somebody acts in another function."""

from tests.contract.storyteller import Storyteller, started

TESS = "PC Tess Invented"


async def an_agency_administers_its_people(teller: Storyteller) -> None:
    """Two add a colleague; what gives nobody more takes one; nobody administers themselves."""
    await teller.at("2026-05-28T09:00+01:00")
    await _two_add_a_colleague(teller)
    await _one_acts_at_once(teller)
    await teller.ask("wyp-5", "ListFunctionsOn", "Who had which function on a day.", on="2026-05-03")
    await teller.ask("wyp-1", "ListFunctionsOn", "An officer who administers nobody.", on="2026-05-03")
    await teller.ask("wyp-6", "ListAdministrativeLedger", "What happened lately.", first=9)
    await teller.ask("lcc-4", "ListAdministrativeLedger", "Nothing of another agency's.", first=9)


async def somebody_acts_in_another_function(teller: Storyteller) -> None:
    """Without signing in again."""
    await teller.at("2026-05-28T11:00+01:00")
    await teller.ask("wyp-4", "ReadViewer", "The person manages two desks.")
    await teller.do("wyp-4", "ActAs", "From one desk to the other.", **started("ActAs"))
    await teller.do("wyp-1", "ActAs", "A function that is not the person's.", **started("ActAs"))


async def everybody_reads_who_may_refer(teller: Storyteller) -> None:
    """A former body, a unit, and a day."""
    search = "ListDesignations"
    await teller.ask("eps-1", search, "A former body.", organisation="Serious Organised Crime Agency SOCA")
    unit = "Home Office - Asylum Group - Illegal Migration Intake Unit"
    await teller.ask("eps-1", search, "A unit of a larger body.", organisation=unit)
    await teller.ask("eps-1", search, "A former body on a later day.", organisation="POPPY Project", at="2022-06-17")


async def _two_add_a_colleague(teller: Storyteller) -> None:
    form = started("ProposeChange")
    await teller.ask("wyp-1", "ListPeople", "An officer who administers nobody.")
    people = await teller.ask("wyp-5", "ListPeople", "Everybody of the force.")
    own = next(edge["node"]["id"] for edge in people["edges"] if edge["node"]["subject"] == "wyp-5")
    rise = {"changeLevel": {"memberId": own, "function": "FIRST_RESPONDER", "accessLevel": "APPROVER"}}
    made = await teller.do("wyp-5", "ProposeChange", "Somebody new.", **form)
    await teller.do("wyp-5", "ProposeChange", "Nobody raises themselves.", **form | {"change": rise})
    await teller.do("wyp-5", "ProposeChange", "Two things at once.", **form | {"change": form["change"] | rise})
    await teller.do("wyp-1", "ProposeChange", "An officer who administers nobody.", **form)
    bridge = {"code": "example-bridge", "name": "Example Bridge", "functions": ["FIRST_RESPONDER"]}
    await teller.do("con-1", "ProposeChange", "An agency that is new.", **form | {"change": {"onboardAgency": bridge}})
    await teller.ask("wyp-6", "ListProposals", "What waits for a second administrator.")
    deciding = {"proposalId": made["proposal"]["id"], "decision": "APPROVE"}
    await teller.do("wyp-5", "DecideProposal", "One is not two.", **deciding)
    await teller.do("lcc-4", "DecideProposal", "Another agency's.", **deciding)
    await teller.do("wyp-6", "DecideProposal", "The second administrator.", **deciding, reason="I know her.")
    await teller.do("wyp-6", "DecideProposal", "It was decided already.", **deciding)


async def _one_acts_at_once(teller: Storyteller) -> None:
    people = await teller.ask("wyp-6", "ListPeople", "With whom was added.")
    tess = next(edge["node"]["id"] for edge in people["edges"] if edge["node"]["name"] == TESS)
    form = started("Administer")
    training = {"recordTraining": form["act"]["recordTraining"] | {"memberId": tess}}
    await teller.do("wyp-6", "Administer", "A training.", **form | {"act": training})
    ending = {"endFunction": {"memberId": tess, "function": "FIRST_RESPONDER", "on": "2026-07-01"}}
    await teller.do("wyp-6", "Administer", "Until the end of June.", act=ending, reason="A secondment.")
    other = {"endFunction": {"memberId": tess, "function": "DECISION_MAKER"}}
    await teller.do("wyp-6", "Administer", "What she never had.", act=other, reason="By mistake.")
    await teller.do("lcc-4", "Administer", "Another agency's people.", act=ending, reason="By mistake.")
