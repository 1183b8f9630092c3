"""What may be seen of a referral as an event: frozen, and already disclosed."""

from dataclasses import dataclass
from datetime import datetime

from services.referrals.choices import Channel, Consent, Nation


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralFacts:
    """Who referred, when it arrived and how; a record that is only a concern so far has none."""

    organisation: str
    received_at: datetime
    channel: Channel
    form_version: str
    nation: Nation
    consent: Consent | None = None
