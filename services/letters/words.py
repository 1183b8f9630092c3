"""The closed lists of words about letters."""

from enum import StrEnum


class Matter(StrEnum):
    """What a letter is about; `waiting` says no more than that there is one."""

    REASONABLE_GROUNDS_POSITIVE = "reasonable_grounds_positive"
    REASONABLE_GROUNDS_NEGATIVE = "reasonable_grounds_negative"
    CONCLUSIVE_GROUNDS_POSITIVE = "conclusive_grounds_positive"
    CONCLUSIVE_GROUNDS_NEGATIVE = "conclusive_grounds_negative"
    REASONABLE_GROUNDS_POSITIVE_AGAIN = "reasonable_grounds_positive_again"  # no recovery period begins by itself
    FURTHER_RECOVERY = "further_recovery"
    RECOVERY_EXTENDED = "recovery_extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    REVOKED = "revoked"
    DISQUALIFIED = "disqualified"
    NOT_DISQUALIFIED = "not_disqualified"
    RECONSIDERATION_ACCEPTED = "reconsideration_accepted"
    RECONSIDERATION_REFUSED = "reconsideration_refused"
    REVIEW_DISMISSED = "review_dismissed"
    REVIEW_WITHDRAWN = "review_withdrawn"
    REVIEW_QUASHED = "review_quashed"
    TRANSFERRED = "transferred"
    WAITING = "waiting"


class Addressee(StrEnum):
    """To whom a letter is written, each in words of their own."""

    PERSON = "person"
    FOR_THE_CHILD = "for_the_child"  # to the authority or representative that stands for a child, never to the child
    FIRST_RESPONDER = "first_responder"


class LetterLanguage(StrEnum):
    """In which languages there is a wording."""

    ENGLISH = "english"
    WELSH = "welsh"
    ALBANIAN = "albanian"


class LetterChannel(StrEnum):
    """How a letter reaches somebody."""

    EMAIL = "email"
    POST = "post"


class SenderName(StrEnum):
    """Which name may stand on what arrives."""

    AUTHORITY = "authority"
    NEUTRAL = "neutral"


class LetterWords(StrEnum):
    """What may stand in what arrives."""

    WHOLE = "whole"
    NEUTRAL = "neutral"  # that a letter waits, and nothing else


class Translation(StrEnum):
    """Whether somebody who speaks the language has read the wording."""

    ORIGINAL = "original"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"


TAGS = {LetterLanguage.ENGLISH: "en", LetterLanguage.WELSH: "cy", LetterLanguage.ALBANIAN: "sq"}
"""What a page says of its language, so that it is read aloud in it."""
