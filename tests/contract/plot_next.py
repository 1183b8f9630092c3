"""What happens after a positive conclusive decision: wishes, leave, a way home, and work with an investigation."""

from collections.abc import Mapping
from typing import Any

from tests.contract.storyteller import Storyteller, started
from tests.world.stories import supported_adult

CASE = "the supported adult's case"


async def what_happens_next(teller: Storyteller) -> None:
    """An adult of autumn, who wants support and to go home, and then to stay."""
    await teller.at("2026-09-01T09:00+01:00")
    await _begins(teller, "An adult who wants support.", CASE)
    await _decided(teller)
    for who, about in (("tsa-1", "Support, whose desk did not place her."), ("sca-1", "The authority.")):
        await teller.ask(who, "ReadLiving", about, **_it(teller))
    await _step(teller, "tsa-1", "RecordWish", "A support worker asks what she wants.", saidOn="2026-09-01")
    await _step(teller, "wyp-3", "RecordWish", "Police record no wish.", saidOn="2026-09-01")
    await _step(teller, "tsa-1", "ArrangeNextStep", "A flight is arranged.")
    await _step(teller, "tsa-1", "ArrangeNextStep", "This way home has no embassy.", parts=["EMBASSY"])
    await _step(teller, "sca-1", "DecideLeave", "There is no question of leave yet.")
    await teller.at("2026-10-05T09:00+01:00")
    await _decided(teller, kind="CONCLUSIVE_GROUNDS")
    await teller.ask(
        "tsa-1", "ReadCase", "Support reads the wishes, and of leave that it is a question.", **_it(teller)
    )
    await _step(teller, "sca-1", "DecideLeave", "Leave has its longest time.", until="2029-10-05")
    await _step(teller, "wyp-3", "RecordCooperation", "The force confirms that she works with it.")
    await _step(teller, "sca-1", "DecideLeave", "She may stay to recover, and for the investigation.")
    await _step(teller, "sca-1", "RecordStatus", "An asylum claim becomes known.")
    await _step(teller, "sca-1", "ReferOn", "Nobody is referred on after a positive decision.")
    await teller.ask("sca-1", "ReadNextSteps", "The authority reads all of it.", **_it(teller))
    await _begins(teller, "An adult who is not found to be a victim.", "the refused adult's case")
    await _decided(teller, outcome="NEGATIVE", grounds=["EVIDENCE_INSUFFICIENT"])
    await _step(teller, "sca-1", "ReferOn", "The force is told after a negative decision.")


async def _begins(teller: Storyteller, about: str, name: str) -> None:
    done = await teller.do("wyp-1", "SubmitReferral", about, referral=supported_adult())
    teller.placeholders.name(done["case"]["reference"], name)
    teller.references[CASE] = done["case"]["reference"]


async def _decided(teller: Storyteller, **changes: Any) -> None:
    case = await _read(teller, "sca-1")
    words = started("ProposeDecision") | {"caseId": case["id"], "expectedVersion": case["version"]} | changes
    proposed = await teller.do("sca-1", "ProposeDecision", "What is proposed.", **words)
    (waiting,) = [one["id"] for one in proposed["case"]["decisions"]["proposals"] if one["answer"] is None]
    await teller.do("sca-2", "IssueDecision", "It is issued.", caseId=case["id"], proposalId=waiting)


async def _step(teller: Storyteller, subject: str, operation: str, about: str, **changes: Any) -> None:
    """A step as the console offers it to begin with, on the case as this person reads it."""
    read = await _read(teller, subject)
    words = started(operation) | {"caseId": read["id"], "expectedVersion": read["version"]}
    await teller.do(subject, operation, about, **(words | changes))


async def _read(teller: Storyteller, subject: str) -> Mapping[str, Any]:
    person = await teller.platform.sign_in(subject)
    look = "query ($reference: String) { case(reference: $reference) { id version } }"
    found: Mapping[str, Any] = (await person.ask(look, **_it(teller)))["case"]
    return found


def _it(teller: Storyteller) -> dict[str, str]:
    return {"reference": teller.references[CASE]}
