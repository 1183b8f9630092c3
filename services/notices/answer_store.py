"""SQL for answering notices. The database looks itself whether the notice stands in the actor's inbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from services.notices.views import TaskChannel
from services.outbox.kinds import NoticeKind
from services.tools import Reading

ACKNOWLEDGE = text("SELECT acknowledge_notice(:notice) AS id")
COMPLETE = text("""
    SELECT complete_task(:notice, CAST(:channel AS text), CAST(:told_at AS timestamptz), :note) AS is_first
""")
PREFER = text("""
    INSERT INTO notice_preference (member_id, kind, channel, is_on, changed_at)
    VALUES (my_member(), :kind, 'email', :is_on, moment())
    ON CONFLICT (member_id, kind, channel) DO UPDATE SET is_on = excluded.is_on, changed_at = excluded.changed_at
""")
SWITCHED_OFF = text("SELECT kind FROM notice_preference WHERE member_id = my_member() AND NOT is_on")


async def acknowledge(reading: Reading, notice: UUID) -> UUID | None:
    """The notice; None: there is none in the actor's inbox."""
    row = await reading.row(ACKNOWLEDGE, notice=notice)
    return row["id"] if row else None


async def complete(
    reading: Reading, notice: UUID, channel: TaskChannel | None, told_at: datetime | None, note: str
) -> bool:
    """Whether this was the first time that the task was done."""
    row = await reading.row(
        COMPLETE, notice=notice, channel=channel.value if channel else None, told_at=told_at, note=note
    )
    return bool(row and row["is_first"])


async def prefer(reading: Reading, kind: NoticeKind, *, by_email: bool) -> None:
    """Keep what the actor wants."""
    await reading.run(PREFER, kind=kind.value, is_on=by_email)


async def switched_off(reading: Reading) -> frozenset[NoticeKind]:
    """The kinds that the actor does not want by e-mail."""
    return frozenset(NoticeKind(row["kind"]) for row in await reading.rows(SWITCHED_OFF))
