"""The closed answers of a decision, each one a name that stays the same in every place it is kept."""

from enum import StrEnum


class DecisionOutcome(StrEnum):
    """Whether the test was met."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class NegativeGround(StrEnum):
    """What a negative decision rests on."""

    DEFINITION_NOT_MET = "definition_not_met"
    EVIDENCE_INSUFFICIENT = "evidence_insufficient"
    CREDIBILITY = "credibility"
