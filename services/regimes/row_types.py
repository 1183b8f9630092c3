"""The typed form of each table under `rows/`: a field is a column."""

from dataclasses import dataclass
from datetime import date

from services.regimes.words import (
    Asker,
    AuthorityCode,
    ClockEvent,
    ClockKind,
    ClockName,
    DecisionKind,
    DisqualificationGround,
    Division,
    DutyOwed,
    Ends,
    FirstDay,
    Matter,
    MeetingKind,
    Nation,
    Profession,
    Receives,
    ReferrerKind,
    StatementForm,
    Status,
    Unit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeRow:
    """What every row carries: its id, the days it applies, where it comes from and how sure that is."""

    row: str
    valid_from: date
    valid_until: date | None  # the first day on which it no longer applies; None: still in force
    source: str
    status: Status
    note: str | None

    def applies_on(self, day: date) -> bool:
        """Whether this row is in force on that London date."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about: two rows with the same key never apply on the same day."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(RegimeRow):
    """A competent authority while it existed."""

    authority: AuthorityCode
    name: str
    receives: Receives

    @property
    def key(self) -> tuple[str, ...]:
        """One authority."""
        return (self.authority,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRow(RegimeRow):
    """Who decides on a referral received on one of these days from this kind of first responder."""

    referrer_kind: ReferrerKind
    authority: AuthorityCode

    @property
    def key(self) -> tuple[str, ...]:
        """One kind of first responder."""
        return (self.referrer_kind,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTest(RegimeRow):
    """The words of the test that a decision issued on one of these days applies."""

    decision: DecisionKind
    wording: str

    @property
    def key(self) -> tuple[str, ...]:
        """One of the two decisions."""
        return (self.decision,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDefinition(RegimeRow):
    """How long a clock runs in a nation, from which event, how its days are counted and what moves its end."""

    clock: ClockName
    nation: Nation
    kind: ClockKind
    starts_at: ClockEvent
    length: int
    unit: Unit
    calendar: Division | None  # whose bank holidays are not worked; None: every day counts
    first_day: FirstDay
    ends: Ends
    extends_with: ClockName | None  # the clock whose extension lengthens this one as well

    def __post_init__(self) -> None:
        """A clock that counts nothing would be over before it starts; a calendar counts working days only."""
        if self.length < 1:
            raise ValueError("length is less than one")
        if (self.unit is Unit.WORKING_DAYS) != (self.calendar is not None):
            raise ValueError("working days need a calendar and calendar days have none")
        if self.unit is Unit.WORKING_DAYS and self.first_day is not FirstDay.DAY_AFTER:
            raise ValueError("working days are counted from the day after the event")

    @property
    def key(self) -> tuple[str, ...]:
        """One clock in one nation."""
        return (self.clock, self.nation)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionLimit(RegimeRow):
    """How long a recovery period may last at most, counted in days from the decision that began it."""

    nation: Nation
    longest_days: int

    @property
    def key(self) -> tuple[str, ...]:
        """One nation."""
        return (self.nation,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedStatement(RegimeRow):
    """In which form a person may say so of their own referral, when they say it on one of these days."""

    matter: Matter
    form: StatementForm

    @property
    def key(self) -> tuple[str, ...]:
        """One matter in one form."""
        return (self.matter, self.form)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow(RegimeRow):
    """Whether a first responder of this kind in this nation has to notify of an adult, on one of these days.

    `seat` names the nation of a body from elsewhere; None: of England or Wales, or of the whole country.
    """

    referrer_kind: ReferrerKind
    nation: Nation
    seat: Nation | None = None
    owed: DutyOwed

    @property
    def key(self) -> tuple[str, ...]:
        """One kind of first responder in one nation, and whether it is from there."""
        return (self.referrer_kind, self.nation, self.seat or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationAsker(RegimeRow):
    """Who may ask for a reconsideration on one of these days."""

    asker: Asker

    @property
    def key(self) -> tuple[str, ...]:
        """One kind of asker."""
        return (self.asker,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisqualificationRow(RegimeRow):
    """That the protection may be taken away on this ground on one of these days."""

    ground: DisqualificationGround

    @property
    def key(self) -> tuple[str, ...]:
        """One ground."""
        return (self.ground,)


class Professions(frozenset[Profession]):
    """Professions as a row writes them: `police|health`."""

    def __new__(cls, text: str) -> "Professions":
        """Read them; an unknown or repeated word is an error."""
        words = [Profession(word) for word in text.split("|")]
        if len(set(words)) != len(words):
            raise ValueError("a profession stands twice")
        return super().__new__(cls, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum(RegimeRow):
    """Who has to be there, each in another person, while a strategy meeting decides."""

    nation: Nation
    meeting: MeetingKind
    requires: Professions

    @property
    def key(self) -> tuple[str, ...]:
        """One kind of meeting in one nation."""
        return (self.nation, self.meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingName(RegimeRow):
    """What a strategy meeting is called in a nation."""

    nation: Nation
    name: str

    @property
    def key(self) -> tuple[str, ...]:
        """One nation."""
        return (self.nation,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffPeriod(RegimeRow):
    """How long those who were invited have to agree with the minutes of a strategy meeting, or to dispute a passage."""

    nation: Nation
    working_days: int
    calendar: Division

    def __post_init__(self) -> None:
        """A period of no day would be over before anybody has read."""
        if self.working_days < 1:
            raise ValueError("working_days is less than one")

    @property
    def key(self) -> tuple[str, ...]:
        """One nation."""
        return (self.nation,)
