"""What is said of minutes that were sent out, and what stands against it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem
from services.meetings import checks
from services.meetings.problems import OVER, over
from services.meetings.views import MeetingView
from services.meetings.words import Distributed, SignOffAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Of a part when somebody agrees, of a passage when they do not. With an invitation: what somebody of that body,
    which has no account, said; it is written down for them."""

    answer: SignOffAnswer
    part: UUID | None = None  # None: the open part, or the passage's own
    entry: UUID | None = None
    words: str | None = None
    invitation: UUID | None = None
    said_by: str | None = None


def shape_problem(signed: SignOff) -> Invalid | None:
    """What is wrong with it before anything is looked up."""
    agrees = signed.answer is SignOffAnswer.AGREED
    found = [*checks.text("words", signed.words, required=not agrees), *_for_them(signed)]
    if agrees == (signed.entry is not None) or (signed.entry and signed.part):
        remedy = "Give entryId for a passage that is wrong; to agree, nothing or partId."
        found.append(Problem("entryId", "one_of", "A part is agreed to; a passage is disputed or corrected.", remedy))
    return Invalid(tuple(found)) if found else None


def state_problem(view: MeetingView, signed: SignOff) -> WorkProblem | None:
    """What the meeting has against it as it stands."""
    if view.state in OVER:
        return over(view)
    if view.signing.sent_out is None:
        return Conflict("NOT_SENT_OUT", "These minutes were not sent out yet.", "Wait until they are.")
    if signed.invitation is not None:
        return _invitation_problem(view, signed, signed.invitation)
    if not any(one.is_yours for one in view.invitations):
        return Refused(None, "Those who were invited sign the minutes off.")
    return None


def _for_them(signed: SignOff) -> Iterator[Problem]:
    if signed.invitation is not None:
        yield from checks.text("said_by", signed.said_by)
    elif signed.said_by is not None:
        remedy = "Give invitationId too, or leave it out for your own agency."
        yield Problem("saidBy", "with_invitation", "Your own answer is yours.", remedy)
    if signed.invitation is not None and signed.part is not None:
        remedy = "Leave partId out."
        yield Problem("partId", "open_part", "A body without an account reads the open part alone.", remedy)


def _invitation_problem(view: MeetingView, signed: SignOff, wanted: UUID) -> WorkProblem | None:
    invitation = next((one for one in view.invitations if one.id == wanted), None)
    passage = next((one for one in view.entries if one.id == signed.entry), None)
    if invitation is None or (passage is not None and passage.part != view.open_part):
        return NotFound()
    if invitation.has_account:
        return Refused(None, "This agency has an account and answers for itself.")
    if not view.is_run_by_you:
        return Refused(None, "Only the children's services that hold this meeting write this down.")
    if not any(one.invitation == wanted and one.what is Distributed.RECORD for one in view.distributions):
        remedy = "Send them the record, log how, and ask them."
        return Conflict("NO_COPY_SENT", "No copy of the record was sent to them.", remedy)
    return None
