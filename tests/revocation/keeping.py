"""The small world as it was, again: every row that an interleaving could have touched is put back."""

import asyncpg

KEPT = (
    "access_bar", "access_record", "action_charge", "action_report", "administrative_record", "agency_function",
    "assignment", "attachment", "case_fact", "case_link", "case_link_reason", "case_step", "case_step_detail",
    "caveated_entry", "charge_gate", "clock", "decision", "decision_proposal", "dissent_escalation", "draft_file",
    "group_content", "group_summary", "handover", "idempotency", "information_request",
    "information_request_conflict", "information_request_step", "invitation_answer", "involvement",
    "involvement_scope", "lead_agency", "letter", "meeting", "meeting_action", "meeting_arrangement",
    "meeting_distribution", "meeting_entry", "meeting_entry_version", "meeting_invitation", "meeting_part",
    "meeting_part_reader", "member", "member_function", "minutes_addendum", "minutes_seal", "minutes_sent_out",
    "minutes_sign_off", "minutes_writing", "notice", "notice_acknowledgement", "notice_step", "notification_link",
    "outbox", "person", "record", "referral", "referral_draft", "session", "session_use", "share", "share_group",
    "share_reason", "task_completion", "team_membership", "unneeded_place", "waiting_note",
)  # fmt: skip


async def keep(admin: asyncpg.Connection) -> None:
    """Remember how it is now."""
    for table in KEPT:
        await admin.execute(f"DROP TABLE IF EXISTS pg_temp.kept_{table}")
        await admin.execute(f"CREATE TEMP TABLE kept_{table} AS TABLE public.{table}")


async def put_back(admin: asyncpg.Connection) -> None:
    """As it was, without asking any trigger."""
    statements = ["BEGIN; SET LOCAL session_replication_role = replica;"]
    for table in KEPT:
        statements.append(f"DELETE FROM public.{table};")
        statements.append(f"INSERT INTO public.{table} OVERRIDING SYSTEM VALUE SELECT * FROM pg_temp.kept_{table};")
    await admin.execute(" ".join([*statements, "COMMIT;"]))


async def counted(admin: asyncpg.Connection) -> dict[str, int]:
    """How many rows there are; looking and being refused adds lines and nothing else."""
    names = [name for name in KEPT if name not in ("access_record", "session_use")]
    counts = await admin.fetchrow(
        "SELECT " + ", ".join(f"(SELECT count(*) FROM public.{name}) AS {name}" for name in names)
    )
    return dict(counts)
