"""The small world as it was, again: every row that an interleaving could have touched is put back."""

import asyncpg

KEPT = (
    "access_bar", "access_record", "administrative_record", "agency_function", "assignment", "case_fact", "charge_gate",
    "clock", "decision", "group_content", "group_summary", "idempotency", "involvement", "involvement_scope",
    "lead_agency", "member", "member_function", "notice", "notice_acknowledgement", "notice_step", "outbox", "person",
    "record", "referral", "session", "session_use", "task_completion", "team_membership",
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
