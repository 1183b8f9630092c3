"""SQL of the worker: putting notices into inboxes, taking the steps that are due, taking and ending e-mails."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, text

from services.notices.alert_rules import AlertRule
from services.notices.birthday_rules import BirthdayRule
from services.notices.rules import ChaseRule, Step
from services.outbox.kinds import ALWAYS_BY_EMAIL, FOR_ADMINISTRATORS, FOR_MANAGERS, NoticeKind
from services.tools import Reading

DELIVER = text("""
    INSERT INTO notice (id, reference, kind, record_id, agency_id, function, about_agency_id, created_at, team_id,
                        for_administrators)
    VALUES (:id, new_reference('N'), :kind, :record_id, :agency_id, :function, :about_agency_id, :created_at,
            CASE WHEN :for_managers THEN intake_team(:agency_id, :function) END, :for_administrators)
""")
PLAN_STEP = text("""
    INSERT INTO notice_step (notice_id, step, awaits, rule, due_at) VALUES (:notice, :step, :awaits, :rule, :due)
""")
# Taken steps stay locked until the commit. Whoever answers the notice at this moment updates the same rows: one of the
# two waits, and finds that it was too late.
TAKE_STEPS = text("""
    SELECT s.notice_id, s.step FROM notice_step s
    WHERE s.ended_at IS NULL AND s.due_at <= moment()
    ORDER BY s.due_at, s.notice_id, s.step LIMIT :most FOR UPDATE SKIP LOCKED
""")
# The managers are those of the intake team; where a function has none, everybody is told once more.
FOLLOW = text("""
    INSERT INTO notice (id, reference, kind, record_id, agency_id, function, about_agency_id, created_at,
                        follows, team_id, for_administrators)
    SELECT gen_random_uuid(), new_reference('N'), :kind, n.record_id, w.agency_id, w.function, w.about_agency_id,
           moment(), n.id, w.team_id, n.for_administrators
    FROM notice n, where_to_follow(n.id, :is_escalation) w WHERE n.id = :notice RETURNING id
""")
END_STEP = text("""
    UPDATE notice_step SET ended_at = moment(), outcome = 'sent' WHERE notice_id = :notice AND step = :step
""")
REMIND = text("SELECT remind_of_actions(:most) AS told")
WARN = text("SELECT warn_of_birthdays(:days, :most) AS warned")
TEND_DRAFTS = text("SELECT tend_drafts(:most) AS tended")
WRITE_EMAILS = text("SELECT write_emails(:notice, :has_switch)")
GATHER = text("SELECT gather_refusals(:rule, :minutes, :most) AS gathered")
NEXT_EMAIL = text("SELECT id, reference, address, written_at FROM next_email()")
SENT = text("UPDATE notice_email SET sent_at = moment(), attempts = attempts + 1 WHERE id = :id")
GIVEN_UP = text("UPDATE notice_email SET given_up_at = moment() WHERE id = :id")
LATER = text("""
    UPDATE notice_email SET attempts = attempts + 1,
        next_attempt_at = moment() + least(power(2, least(attempts, 10)), 60) * interval '1 minute'
    WHERE id = :id
""")


async def put_in_inbox(reading: Reading, row: RowMapping) -> None:
    """A notice in its inbox, and an e-mail for each of its people."""
    columns = ("id", "kind", "record_id", "agency_id", "function", "about_agency_id", "created_at")
    kind = NoticeKind(row["kind"])
    addressed = {"for_managers": kind in FOR_MANAGERS, "for_administrators": kind in FOR_ADMINISTRATORS}
    await reading.run(DELIVER, **{name: row[name] for name in columns}, **addressed)
    await _write_emails(reading, row["id"], kind)


async def plan(reading: Reading, row: RowMapping, rule: ChaseRule) -> None:
    """The steps that follow when nobody answers."""
    for step in Step:
        due = rule.due(step, row["created_at"])
        await reading.run(
            PLAN_STEP, notice=row["id"], step=step.value, awaits=rule.waits_for.value, rule=rule.row, due=due
        )


async def take_steps(reading: Reading, most: int) -> Sequence[RowMapping]:
    """Steps that are due, the oldest first."""
    return await reading.rows(TAKE_STEPS, most=most)


async def follow(reading: Reading, notice: UUID, step: Step, kind: NoticeKind) -> None:
    """The notice that this step sends, and the end of the step."""
    sent = await reading.row(FOLLOW, notice=notice, kind=kind.value, is_escalation=step is Step.ESCALATE)
    if sent is None:
        raise LookupError("the notice to follow is gone")
    await reading.run(END_STEP, notice=notice, step=step.value)
    await _write_emails(reading, sent["id"], kind)


async def gather_refusals(reading: Reading, rule: AlertRule, most: int) -> None:
    """Put refused looks that wait into notices, one for each person and time."""
    await reading.run(GATHER, rule=rule.row, minutes=rule.gathered_for_minutes, most=most)


async def remind_of_actions(reading: Reading, most: int) -> int:
    """Put a reminder of each action that became overdue in the outbox; how many."""
    row = await reading.row(REMIND, most=most)
    return int(row["told"]) if row else 0


async def warn_of_birthdays(reading: Reading, rule: BirthdayRule, most: int) -> int:
    """Notices about eighteenth birthdays that are near enough; how many birthdays."""
    row = await reading.row(WARN, days=rule.days_before, most=most)
    return int(row["warned"]) if row else 0


async def tend_drafts(reading: Reading, most: int) -> int:
    """Warn of drafts that will go, and remove those whose last day is over; how many."""
    row = await reading.row(TEND_DRAFTS, most=most)
    return int(row["tended"]) if row else 0


async def next_email(reading: Reading) -> RowMapping | None:
    """The next e-mail that waits, locked; without an address when it is not to be sent any more."""
    return await reading.row(NEXT_EMAIL)


async def end_email(reading: Reading, email: UUID, *, sent: bool) -> None:
    """It was taken by a mail server, or never will be."""
    await reading.run(SENT if sent else GIVEN_UP, id=email)


async def postpone_email(reading: Reading, email: UUID) -> None:
    """Try again in a minute, then in two, at last every hour."""
    await reading.run(LATER, id=email)


async def _write_emails(reading: Reading, notice: UUID, kind: NoticeKind) -> None:
    await reading.run(WRITE_EMAILS, notice=notice, has_switch=kind not in ALWAYS_BY_EMAIL)
