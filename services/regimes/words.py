"""The closed lists of words that a regime row may use; any other word stops the load."""

from enum import StrEnum


class Status(StrEnum):
    """How sure we are of a row."""

    SEED = "seed"  # one of the mission's own documents says so
    FOUND = "found"  # a public document says so
    UNVERIFIED = "unverified"  # decided by us; listed in docs/regimes.md


class Nation(StrEnum):
    """Where the first responder stands, as the referral form asks it."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class Division(StrEnum):
    """A part of the United Kingdom with its own bank holidays."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class ReferrerKind(StrEnum):
    """What kind of first responder refers; a body keeps its kind when it is renamed (SOCA and NCA, GLA and GLAA)."""

    POLICE = "police"
    LOCAL_AUTHORITY = "local_authority"
    NGO = "ngo"
    HSC_TRUST = "hsc_trust"
    NCA = "nca"
    GLAA = "glaa"
    HOME_OFFICE = "home_office"


class AuthorityCode(StrEnum):
    """A competent authority, past or present."""

    UKHTC = "ukhtc"
    UKBA = "ukba"
    UKVI = "ukvi"
    SCA = "sca"
    IECA = "ieca"


class Receives(StrEnum):
    """How a case comes to an authority."""

    BY_DEFAULT = "by_default"
    BY_FACTS_OR_TRANSFER = "by_facts_or_transfer"


class ClockName(StrEnum):
    """What a clock waits for."""

    REASONABLE_GROUNDS = "reasonable_grounds"


class ClockKind(StrEnum):
    """What it means when a clock runs out: nothing lapses at a target, only lateness shows."""

    TARGET = "target"


class ClockEvent(StrEnum):
    """What starts a clock."""

    RECEIPT = "receipt"


class Unit(StrEnum):
    """In what a clock is counted."""

    WORKING_DAYS = "working_days"


class AgeClass(StrEnum):
    """What is believed about the person's age; "not sure" acts as child in every rule and stays "not sure"."""

    ADULT = "adult"
    CHILD = "child"
    NOT_SURE = "not_sure"
