"""What somebody asks and answers, as they say it."""

from dataclasses import dataclass
from uuid import UUID

from policies.vocabulary import DataGroup, Function
from services.requests.words import AnswerKind, RefusalCode, Urgency
from services.sharing.decisions import LawfulWords, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a function of an agency, and what of the person is told with it."""

    case: str
    agency: UUID
    function: Function
    purpose: str
    question: str
    necessity: str
    groups: tuple[DataGroup, ...]
    told: tuple[DataGroup, ...]
    lawful: LawfulWords
    urgency: Urgency
    conflict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How far it goes, in words, and what is released with it, as it stands."""

    request: UUID
    kind: AnswerKind
    words: str | None
    release: Share | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer."""

    request: UUID
    code: RefusalCode
    words: str


@dataclass(frozen=True, slots=True)
class Redirection:
    """Who may know instead; the asker has to ask them."""

    request: UUID
    agency: UUID
    function: Function
    words: str
