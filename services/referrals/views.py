"""What may be seen of a referral as an event: frozen, and already disclosed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.referrals.choices import Channel, Consent, Nation
from services.regimes.words import MeetingKind, Profession


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingStated:
    """What the referral states of a strategy meeting, as it stood when the referral was sent."""

    kind: MeetingKind
    held_on: date
    professions: tuple[Profession, ...]
    all_agreed: bool | None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "MeetingStated":
        """From what was stored; which meeting it was stays there."""
        professions = tuple(Profession(one) for one in stored["professions"])
        held_on = date.fromisoformat(stored["held_on"])
        return cls(
            kind=MeetingKind(stored["kind"]), held_on=held_on, professions=professions, all_agreed=stored["all_agreed"]
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralFacts:
    """Who referred, when it arrived and how; a record that is only a concern so far has none."""

    organisation: str
    received_at: datetime
    channel: Channel
    form_version: str
    nation: Nation
    consent: Consent | None = None
    strategy_meeting: MeetingStated | None = None
