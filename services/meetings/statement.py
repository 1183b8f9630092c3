"""What a referral may state of a meeting: type, date, professions present and agreement; never what was said. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.clocks.rules import london_date
from services.meetings.content import Attendance, Body, Brief, Position, Referral
from services.meetings.views import EntryView, MeetingView
from services.meetings.words import MeetingState, Presence
from services.regimes.words import MeetingKind, Profession

Who = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The words of the statement are closed lists; `all_agreed` None: not everybody who was there has said."""

    meeting: UUID
    kind: MeetingKind
    held_on: date
    professions: tuple[Profession, ...]
    all_agreed: bool | None


def statement(view: MeetingView) -> Statement | None:
    """As the meeting stands now; None: it was not held, or nobody said what for."""
    standing = [one for one in view.entries if not one.is_withdrawn]
    briefs = [one.content for one in standing if isinstance(one.content, Brief)]
    if view.state not in (MeetingState.OPEN, MeetingState.CLOSED) or not briefs:
        return None
    present = [
        one.content
        for one in standing
        if isinstance(one.content, Attendance) and one.content.presence is Presence.PRESENT
    ]
    others = {_who(one.body) for one in present} - {(str(view.authority.id), "childrens_services")}
    return Statement(
        meeting=view.id,
        kind=briefs[-1].meeting,
        held_on=london_date(view.arrangement.starts_at),
        professions=tuple(sorted({one.profession for one in present})),
        all_agreed=_all_agreed(standing, others),
    )


def _all_agreed(standing: list[EntryView], others: set[Who]) -> bool | None:
    """One dissent is a no; silence is neither. The authority, which decides, agrees with its own decision."""
    referrals = [one for one in standing if isinstance(one.content, Referral) and one.content.is_to_be_made]
    if not referrals:
        return None
    positions = [one.content for one in standing if isinstance(one.content, Position)]
    said = {_who(one.body): one.agrees for one in positions if one.on == referrals[-1].id}
    if not all(said.values()):
        return False
    return True if others <= said.keys() else None


def _who(body: Body) -> Who:
    return (str(body.agency or body.name.strip().casefold()), body.function.value)
