"""SQL for the referral as an event."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import text

from policies.permit import Permit
from services.meetings.statement import Statement
from services.referrals.draft import ReferralDraft
from services.tools import Reading

ADD = text("""
    INSERT INTO referral (record_id, kind, organisation_code, organisation_name, nation, channel, form_version,
                          received_at, source_agency_id, external_id, authority_row, strategy_meeting, recorded_at,
                          recorded_by)
    VALUES (:record, :kind, :code, :name, :nation, :channel, :form_version, :received_at,
            my_agency(), :external_id, :authority_row, CAST(:strategy_meeting AS jsonb), moment(), my_member())
""")


async def add(
    reading: Reading,
    permit: Permit,
    draft: ReferralDraft,
    *,
    code: str,
    name: str,
    channel: str,
    received_at: datetime,
    authority_row: str | None,
    strategy_meeting: Statement | None,
) -> None:
    """The form arrived: who sent it, how, when, and which row of the regime says who decides."""
    await reading.run(
        ADD,
        record=permit.record_id,
        kind=draft.kind.value,
        code=code,
        name=name,
        nation=draft.nation.value,
        channel=channel,
        form_version=draft.form_version,
        received_at=received_at,
        external_id=draft.external_id,
        authority_row=authority_row,
        strategy_meeting=json.dumps(asdict(strategy_meeting), default=str) if strategy_meeting else None,
    )
