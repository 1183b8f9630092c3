"""SQL for the referral as an event."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import text

from policies.permit import Permit
from services.meetings.statement import Statement
from services.referrals.draft import ReferralDraft
from services.tools import Reading, as_json

ADD = text("""
    INSERT INTO referral (record_id, kind, organisation_code, organisation_name, nation, channel, form_version,
                          received_at, source_agency_id, external_id, authority_row, strategy_meeting, recorded_at,
                          recorded_by)
    SELECT r.record, r.kind, r.code, r.name, r.nation, r.channel, r.form_version, r.received_at,
           (SELECT my_agency()), r.external_id, r.authority_row, r.strategy_meeting, moment(), (SELECT my_member())
    FROM unnest(CAST(:asked AS jsonb[])) one, jsonb_to_record(one)
        AS r (record uuid, kind text, code text, name text, nation text, channel text, form_version text,
              received_at timestamptz, external_id text, authority_row text, strategy_meeting jsonb)
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
    arrived = {
        "record": permit.record_id,
        "kind": draft.kind,
        "code": code,
        "name": name,
        "nation": draft.nation,
        "channel": channel,
        "form_version": draft.form_version,
        "received_at": received_at,
        "external_id": draft.external_id,
        "authority_row": authority_row,
        "strategy_meeting": asdict(strategy_meeting) if strategy_meeting else None,
    }
    await reading.each(ADD, [as_json(arrived)])
