"""The closed lists of words that a row of the form may use."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What an answer looks like."""

    TEXT = "text"
    SHORT_TEXT = "short_text"
    SEVERAL_TEXTS = "several_texts"
    EMAIL = "email"
    PHONE = "phone"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    FROM_LIST = "from_list"
    SEVERAL_FROM_LIST = "several_from_list"
    COUNT = "count"
    DAY = "day"
    DATE = "date"  # of which only the year or the month may be known
    DOCUMENTS = "documents"

    @property
    def is_listed(self) -> bool:
        """Whether its answers are names from a reference list."""
        return self in {QuestionKind.FROM_LIST, QuestionKind.SEVERAL_FROM_LIST}


class AnswerTest(StrEnum):
    """What a branch looks at in an earlier answer."""

    IS = "is"
    GIVEN = "given"
    MISSING = "missing"
