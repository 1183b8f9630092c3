"""What happens to a case beside its decisions: lengthened, suspended, weighed, revoked, asked again, handed over."""

from collections.abc import Mapping
from typing import Any

from tests.contract.storyteller import Storyteller, started
from tests.world.forms import child_referral

CASE = "the second adult's case"


async def the_course_of_a_case(teller: Storyteller) -> None:
    """An adult of June, from the first decision to the end of the case."""
    await _decided(teller)
    await _lengthened_and_weighed(teller)
    await _an_age_in_doubt(teller)
    await _taken_back_and_asked_again(teller)
    await _handed_over_and_ended(teller)
    await _withdrawn(teller)
    await _covered_before(teller)
    await _turned_18(teller)


async def _decided(teller: Storyteller) -> None:
    await teller.at("2026-06-22T09:00+01:00")
    form = started("SubmitReferral")["referral"]
    done = await teller.do("wyp-1", "SubmitReferral", "Another adult, in June.", referral=form)
    teller.placeholders.name(done["case"]["reference"], CASE)
    teller.references[CASE] = done["case"]["reference"]
    viewer = await teller.ask("sca-1", "ReadViewer", "Who else could work on it.")
    (team,) = [one["id"] for one in viewer["teams"] if one["name"] == "Reconsiderations"]
    case = await teller.ask("sca-1", "ReadCase", "Before it is given to others too.", **_reference(teller))
    given = {"caseId": case["id"], "expectedVersion": case["assignmentVersion"], "teamId": team}
    await teller.do("sca-1", "AssignCase", "Others of the authority have it too.", **given, reason="Invented.")
    await teller.at("2026-06-22T10:00+01:00")
    await _step(teller, "wyp-1", "ReturnReferral", "Nobody returns their own referral.")
    await _step(teller, "sca-1", "ReturnReferral", "Something is missing of the adult's permission.")
    await teller.at("2026-06-22T10:30+01:00")
    await _step(teller, "sca-1", "AddToReferral", "The authority adds nothing to it.")
    await _step(teller, "wyp-1", "AddToReferral", "Whoever referred completes it.")
    await teller.at("2026-06-22T11:00+01:00")
    words = started("ProposeDecision") | {"caseId": case["id"], "expectedVersion": case["version"]}
    proposed = await teller.do("sca-1", "ProposeDecision", "A positive first decision.", **words)
    (waiting,) = [one["id"] for one in proposed["case"]["decisions"]["proposals"] if one["answer"] is None]
    await teller.do("sca-2", "IssueDecision", "It is issued at once.", caseId=case["id"], proposalId=waiting)


async def _lengthened_and_weighed(teller: Storyteller) -> None:
    await teller.at("2026-06-24T09:00+01:00")
    await _step(teller, "wyp-3", "AskForExtension", "An investigation needs longer.")
    await _step(teller, "wyp-3", "ExtendRecoveryPeriod", "Police lengthen nothing.")
    await _step(teller, "sca-1", "ExtendRecoveryPeriod", "A period is never made shorter.", until="2026-07-01")
    await _step(teller, "sca-1", "ExtendRecoveryPeriod", "The authority lengthens it.")
    await _step(teller, "sca-1", "RecordProgressReview", "The authority asked everybody how it goes.")
    agencies = await teller.ask("sca-1", "ListAgencies", "Which unit it is.", first=100)
    (unit,) = [one["node"]["id"] for one in agencies["edges"] if one["node"]["name"] == "Example Port Unit"]
    await _step(teller, "sca-1", "ShowProtection", "A unit may see whether he is protected.", agencyId=unit)
    await teller.ask("epu-1", "ReadCase", "The unit sees the protection and nothing else.", **_reference(teller))
    await _step(teller, "sca-1", "WeighDisqualification", "Somebody begins to weigh it.")
    await _step(teller, "sca-1", "DecideDisqualification", "Nobody decides what they began.")
    await _step(teller, "sca-2", "DecideDisqualification", "The protection stays.")
    await _step(teller, "sca-1", "SuspendCase", "Nobody can reach him.")
    await _step(teller, "sca-1", "ResumeCase", "He rang.")
    await _step(teller, "sca-1", "RecordWithdrawal", "Nobody withdraws on a day to come.", statement=_written())


def _written() -> dict[str, str]:
    return {"form": "WRITTEN", "saidOn": "2026-12-01"}


async def _an_age_in_doubt(teller: Storyteller) -> None:
    await teller.at("2026-06-25T09:00+01:00")
    await _step(teller, "sca-1", "DoubtAge", "He may be seventeen.")
    await _step(teller, "lcc-1", "StartAgeAssessment", "The council assesses it, and says why.")
    await teller.at("2026-07-02T09:00+01:00")
    await _step(teller, "lcc-1", "SettleAge", "He is an adult.", age="ADULT")


async def _taken_back_and_asked_again(teller: Storyteller) -> None:
    await teller.at("2026-07-03T09:00+01:00")
    await _step(teller, "sca-1", "RecordJudicialReview", "Somebody went to court.", broughtOn="2026-07-01")
    await _step(teller, "sca-1", "RecordReviewOutcome", "The court dismisses it.", outcome="DISMISSED")
    await _step(teller, "sca-2", "RevokeDecision", "The first decider's manager revokes nothing.")
    await _step(teller, "sca-5", "RevokeDecision", "An approver who had no part in it takes it back.")
    await _step(teller, "wyp-1", "AskForReconsideration", "Whoever referred asks again.")
    await _step(teller, "sca-1", "AnswerReconsideration", "The first decider does not answer.")
    await _step(teller, "sca-4", "AnswerReconsideration", "Somebody else does; it is decided anew.")


async def _handed_over_and_ended(teller: Storyteller) -> None:
    await teller.at("2026-07-06T09:00+01:00")
    await _step(teller, "sca-1", "TransferCase", "It goes to another authority.")
    await _step(teller, "ieca-1", "EndCase", "He left the country.")


async def _covered_before(teller: Storyteller) -> None:
    """Somebody on whom was decided before: no period begins by itself, and an approver grants one."""
    await teller.at("2026-07-07T11:00+01:00")
    form = started("SubmitReferral")["referral"]
    done = await teller.do("wyp-1", "SubmitReferral", "Somebody who was referred years ago.", referral=form)
    teller.placeholders.name(done["case"]["reference"], "the case of somebody referred before")
    teller.references[CASE] = done["case"]["reference"]
    words = started("ProposeDecision") | {"earlierDecisionOn": "2024-03-11"}
    about = {"caseId": done["case"]["id"], "expectedVersion": done["case"]["version"]}
    proposed = await teller.do("sca-1", "ProposeDecision", "An earlier decision covers it.", **(words | about))
    (waiting,) = [one["id"] for one in proposed["case"]["decisions"]["proposals"] if one["answer"] is None]
    await teller.do("sca-2", "IssueDecision", "No period begins by itself.", proposalId=waiting, caseId=about["caseId"])
    await _step(teller, "sca-1", "DecideFurtherRecovery", "A practitioner grants none.")
    await _step(teller, "sca-2", "DecideFurtherRecovery", "An approver grants a further period.")


async def _turned_18(teller: Storyteller) -> None:
    """A girl who was referred at seventeen, and says on her birthday that she stays."""
    await teller.at("2026-07-08T09:00+01:00")
    form = child_referral()
    form["identity"] |= {"dateOfBirthKnown": True, "dateOfBirth": "2008-07-09"}
    done = await teller.do("lcc-1", "SubmitReferral", "A girl one day before her birthday.", referral=form)
    teller.placeholders.name(done["case"]["reference"], "the case of a girl who turns 18")
    teller.references[CASE] = done["case"]["reference"]
    await _step(teller, "lcc-1", "RecordConsentAt18", "Nobody is asked before the birthday.")
    await teller.at("2026-07-09T09:00+01:00")
    await _step(teller, "lcc-1", "RecordConsentAt18", "She stays, and wants support.")


async def _withdrawn(teller: Storyteller) -> None:
    """A third adult, who withdraws in writing; the case ends with it."""
    await teller.at("2026-07-07T09:00+01:00")
    form = started("SubmitReferral")["referral"]
    done = await teller.do("wyp-1", "SubmitReferral", "A third adult, in July.", referral=form)
    teller.placeholders.name(done["case"]["reference"], "the third adult's case")
    teller.references[CASE] = done["case"]["reference"]
    statement = {"form": "WRITTEN", "saidOn": "2026-07-07"}
    await _step(teller, "sca-1", "RecordWithdrawal", "He withdraws, and the case ends.", statement=statement)


async def _step(teller: Storyteller, subject: str, operation: str, about: str, **changes: Any) -> None:
    """A step as the console offers it to begin with, on the case as this person reads it."""
    person = await teller.platform.sign_in(subject)
    look = "query ($reference: String) { case(reference: $reference) { id version } }"
    read: Mapping[str, Any] = (await person.ask(look, **_reference(teller)))["case"]
    words = started(operation) | {"caseId": read["id"], "expectedVersion": read["version"]}
    await teller.do(subject, operation, about, **(words | changes))


def _reference(teller: Storyteller) -> dict[str, str]:
    return {"reference": teller.references[CASE]}
