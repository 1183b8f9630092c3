"""SQL of sharing; the gatekeeper's functions judge, write and end."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.permit import Permit
from policies.vocabulary import Function, Relation
from services.tools import Reading

# Part of reading a record: the shares of it that row security lets this reader have, the newest first.
SHARES: Final = """
    SELECT jsonb_agg(to_jsonb(s) || jsonb_build_object(
            'giver', jsonb_build_object('id', ga.id, 'name', ga.name),
            'recipient', jsonb_build_object('id', ra.id, 'name', ra.name),
            'decided_by', m.display_name, 'weighing', to_jsonb(y),
            'is_live', s.involvement_id IS NOT NULL AND s.ended_at IS NULL AND s.ends_on >= (SELECT london_today()),
            'groups', (SELECT jsonb_object_agg(g.data_group, g.pinned_version) FROM share_group g
                       WHERE g.share_id = s.id))
        ORDER BY s.sequence DESC)
    FROM share s JOIN agency ga ON ga.id = s.agency_id JOIN agency ra ON ra.id = s.recipient_agency_id
    LEFT JOIN share_reason y ON y.share_id = s.id
    LEFT JOIN member m ON m.id = s.given_by AND y.share_id IS NOT NULL
    WHERE s.record_id = r.id AND 'information_requests' = ANY (w.see)
"""
PROBLEMS = text("""
    SELECT place, problem FROM share_problems(:record, :function, :relation, CAST(:groups AS jsonb))
    WHERE problem IS NOT NULL ORDER BY place
""")
WORKS_HERE = text("SELECT works_here(:agency, :function) AS it_does")
MEMBER = text("SELECT recipient_member(:agency, :function, :address) AS id")
DECIDE = text("SELECT decide_share(:record, :given, CAST(:said AS jsonb)) AS id")
RECORD_OF = text("SELECT record_of_share(:share) AS record")
END = text("SELECT end_share(:share, :reason) AS ended")
RECIPIENT = text("""
    SELECT recipient_agency_id AS agency, recipient_function AS function FROM share
    WHERE id = :share AND record_id = :record AND involvement_id IS NOT NULL
""")


async def problems(
    reading: Reading, permit: Permit, function: Function, relation: Relation, groups: Sequence[Mapping[str, Any]]
) -> Sequence[RowMapping]:
    """What stands against giving these groups to that function, by place."""
    sent = json.dumps(groups)
    return await reading.rows(
        PROBLEMS, record=permit.record_id, function=function.value, relation=relation.value, groups=sent
    )


async def works_here(reading: Reading, agency: UUID, function: Function) -> bool:
    """Whether the agency is on the platform and does this today."""
    row = await reading.row(WORKS_HERE, agency=agency, function=function.value)
    return row is not None and bool(row["it_does"])


async def member(reading: Reading, agency: UUID, function: Function, address: str) -> UUID | None:
    """Whose work address this is, among those who do this at that agency today."""
    row = await reading.row(MEMBER, agency=agency, function=function.value, address=address)
    return row["id"] if row else None


async def decide(reading: Reading, permit: Permit, said: Mapping[str, Any], *, given: bool) -> UUID:
    """Write the decision, and the involvement where it is to share; the id of the share."""
    row = await reading.row(DECIDE, record=permit.record_id, given=given, said=json.dumps(said, default=str))
    if row is None:
        raise RuntimeError("a decision about sharing gave nothing back")
    found: UUID = row["id"]
    return found


async def record_of(reading: Reading, share: UUID) -> UUID | None:
    """The record of a share that the actor's own function gave."""
    row = await reading.row(RECORD_OF, share=share)
    return row["record"] if row else None


async def recipient_of(reading: Reading, permit: Permit, share: UUID) -> RowMapping | None:
    """To whom a share of this record went."""
    return await reading.row(RECIPIENT, share=share, record=permit.record_id)


async def end(reading: Reading, share: UUID, reason: str) -> bool:
    """End it at once; False: it is over already. The gatekeeper asks for the act and for the giver."""
    row = await reading.row(END, share=share, reason=reason)
    return row is not None and bool(row["ended"])
