"""What a request and its answer may say, and how long an addressee has: closed lists and dated rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from services.clocks.calendar import calendar_of
from services.clocks.rules import working_days_after
from services.regimes import rules as regime_rules
from services.regimes.reading import read_rows
from services.regimes.row_types import RegimeRow
from services.regimes.words import Division

ROWS = Path(__file__).parent / "rows" / "request_limits.csv"


class Urgency(StrEnum):
    """What a request is for, as far as time goes."""

    REASONABLE_GROUNDS = "reasonable_grounds"
    CONCLUSIVE_GROUNDS = "conclusive_grounds"
    CHILD_AT_RISK = "child_at_risk"
    EMERGENCY = "emergency"


class RequestStatus(StrEnum):
    """Where a request stands."""

    PENDING = "pending"
    ACKNOWLEDGED = "acknowledged"
    PARTIAL = "partial"
    FULFILLED = "fulfilled"
    NO_INFORMATION_HELD = "no_information_held"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"


class AnswerKind(StrEnum):
    """How far an answer goes; after a partial one the request stays open."""

    PARTIAL = "partial"
    FULFILLED = "fulfilled"
    NO_INFORMATION_HELD = "no_information_held"


class RefusalCode(StrEnum):
    """Why an addressee refuses."""

    NOT_NECESSARY = "not_necessary"
    NOT_PROPORTIONATE = "not_proportionate"
    NO_LAWFUL_BASIS = "no_lawful_basis"
    CONSENT_REFUSED_AND_NO_OVERRIDE = "consent_refused_and_no_override"
    PREJUDICE_TO_INVESTIGATION = "prejudice_to_investigation"
    LEGAL_PRIVILEGE = "legal_privilege"
    RISK_OF_HARM = "risk_of_harm"
    SAFE_HOUSE_LOCATION = "safe_house_location"
    ANONYMOUS_DTN = "anonymous_dtn"
    THIRD_PARTY_DATA = "third_party_data"
    NOT_CONTROLLER = "not_controller"
    NOT_HELD = "not_held"
    COURT_RESTRICTION = "court_restriction"
    IDENTITY_OF_REQUESTER_UNVERIFIED = "identity_of_requester_unverified"


OPEN = frozenset({RequestStatus.PENDING, RequestStatus.ACKNOWLEDGED, RequestStatus.PARTIAL})
"""The statuses in which an answer is still waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLimit(RegimeRow):
    """How long an addressee has, and when an unanswered request is over."""

    urgency: Urgency
    working_days: int
    calendar: Division
    expires_after_days: int

    def __post_init__(self) -> None:
        """Nothing is due before it is asked, or over before it is due."""
        if self.working_days < 0 or self.expires_after_days < 0:
            raise ValueError("a request cannot be due before it is asked")

    @property
    def key(self) -> tuple[str, ...]:
        """One urgency."""
        return (self.urgency,)

    def due_on(self, today: date) -> date:
        """The last day on which an answer is in time."""
        if self.working_days == 0:
            return today
        return working_days_after(today, self.working_days, calendar_of(self.calendar)).due

    def expires_on(self, today: date) -> date:
        """The last day on which it can be answered at all."""
        return self.due_on(today) + timedelta(days=self.expires_after_days)


@cache
def request_limits() -> tuple[RequestLimit, ...]:
    """Every row, read and checked once per process."""
    rows = read_rows(ROWS, RequestLimit)
    regime_rules.check_ids(rows)
    regime_rules.check_succession(rows)
    return rows


def request_limit(urgency: Urgency, day: date) -> RequestLimit:
    """The row in force."""
    return regime_rules.in_force(request_limits(), (urgency,), day)
