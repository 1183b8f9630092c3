"""Notifying the Home Office of an adult who does not agree to be referred, in a form typed here."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from policies.permit import Permit
from policies.vocabulary import Action, DataGroup, Relation
from services import gate
from services.cases.store import writes
from services.cases.store.writes import Fact
from services.errors import Problem, WorkProblem
from services.gate import Admission
from services.referrals import submission, telling
from services.referrals.draft import ReferralDraft
from services.referrals.paths import path_of
from services.referrals.rarity import UNKNOWN, rare_beside_a_town
from services.referrals.screening import IDENTIFYING, TOWNS, screened
from services.referrals.submission import Received
from services.referrals.values import answered, value_at
from services.tools import Reading

RARE: Final = Problem(
    path_of(TOWNS),
    "rare_combination",
    "Beside a nationality or gender that few people give, a town could point to one adult who stays unnamed.",
    f"Choose {UNKNOWN} instead of the towns.",
)
ACT = Action.DUTY_TO_NOTIFY_SUBMIT


def unkeepable(draft: ReferralDraft) -> list[Problem]:
    """Each answer that may not be kept of an adult who stays unnamed: whoever types it is told, and nothing is cut."""
    kept = screened(draft)
    message = "Free text could identify an adult who does not cooperate, so none is kept."
    cut = [
        Problem(path_of(place), "must_be_absent", message, "Remove the text; the closed answers are kept.")
        for place, _, _ in answered(draft)
        if place.group not in IDENTIFYING and value_at(kept, place) is None
    ]
    return cut + ([RARE] if rare_beside_a_town(draft) else [])


async def notify(reading: Reading, received: Received) -> UUID | WorkProblem:
    """Make a record of it, which is never a case; the Home Office and the force of the area are told."""
    reason = telling.reason(Relation.SUBMITTER, ACT.value)
    record_id = await writes.open_record(reading, "duty_to_notify", ACT, reason)
    told = await _record_cooperation(reading, received, record_id)
    if not isinstance(told, Received):
        return told
    permit = await submission.receive_notification(reading, told, record_id, ACT)
    return record_id if isinstance(permit, Permit) else permit


async def _record_cooperation(reading: Reading, received: Received, record_id: UUID) -> Received | WorkProblem:
    """First of all, since the rules let only an adult who cooperates be named."""
    admission = await gate.ask(reading, ACT, str(record_id), (DataGroup.CRIMINAL_JUSTICE,))
    if not isinstance(admission, Admission):
        return admission
    said = "yes" if received.draft.cooperates else "no"
    cooperation = Fact(DataGroup.CRIMINAL_JUSTICE, "cooperation", said)
    await writes.add_facts(reading, admission.permit, [cooperation], received.holds_from)
    return replace(received, cooperation_recorded=True)
