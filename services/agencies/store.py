"""SQL for agencies, teams and one's own functions. Agencies are public to everybody who is signed in."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, text

from policies.vocabulary import Function
from services.tools import Reading, as_json

FUNCTIONS_TODAY = """
    ARRAY(SELECT f.function FROM agency_function f WHERE f.agency_id = a.id AND f.valid_from <= london_today()
          AND (f.valid_until IS NULL OR f.valid_until > london_today()) ORDER BY f.function) AS functions
"""
PAGE = text(f"""
    SELECT a.id, a.code, a.name, a.on_platform, a.valid_from, a.valid_until, {FUNCTIONS_TODAY}
    FROM agency a
    WHERE (NOT :on_platform OR a.on_platform) AND a.valid_from <= london_today()
      AND (a.valid_until IS NULL OR a.valid_until > london_today())
      AND (a.name, a.code) > (:after_name, :after_code)
    ORDER BY a.name, a.code LIMIT :first
""")  # noqa: S608 - the text put in is a constant of this file
ONE = text(f"""
    SELECT a.id, a.code, a.name, a.on_platform, a.valid_from, a.valid_until, {FUNCTIONS_TODAY}
    FROM agency a WHERE a.id = :id
""")  # noqa: S608 - the text put in is a constant of this file
DOING = text("""
    SELECT a.place, d.id, d.code, d.name, d.on_platform
    FROM unnest(CAST(:asked AS jsonb[])) WITH ORDINALITY AS a (one, place),
         jsonb_to_record(a.one) AS w (function text, code text, nation text, day date),
    LATERAL (
        SELECT a.id, a.code, a.name, a.on_platform FROM agency a JOIN agency_function f ON f.agency_id = a.id
        WHERE f.function = w.function AND (w.code IS NULL OR a.code = w.code)
          AND (f.nations IS NULL OR w.nation IS NULL OR w.nation = ANY (f.nations))
          AND f.valid_from <= w.day AND (f.valid_until IS NULL OR f.valid_until > w.day)
        ORDER BY f.valid_from DESC, a.code LIMIT 1) d
""")
TEAMS = text("SELECT id, name FROM my_teams()")
COLLEAGUES = text("SELECT id, display_name FROM my_colleagues()")


async def page(reading: Reading, after: tuple[str, str], first: int, *, on_platform: bool) -> Sequence[RowMapping]:
    """Agencies by name, after this one."""
    return await reading.rows(PAGE, after_name=after[0], after_code=after[1], first=first, on_platform=on_platform)


async def one(reading: Reading, agency: UUID) -> RowMapping | None:
    """An agency by id."""
    return await reading.row(ONE, id=agency)


async def doing(
    reading: Reading, function: Function, day: date, *, code: str | None = None, nation: str | None = None
) -> RowMapping | None:
    """The agency that has this function on that day: this very one, or the one for the nation."""
    wanted = {"function": function, "code": code, "nation": nation, "day": day}
    rows = await reading.each(DOING, [as_json(wanted)])
    return rows[0] if rows else None


async def my_teams(reading: Reading) -> Sequence[RowMapping]:
    """The teams of the agency and function acted in, in which somebody works."""
    return await reading.rows(TEAMS)


async def my_colleagues(reading: Reading) -> Sequence[RowMapping]:
    """The people of the actor's agency who act in the same function."""
    return await reading.rows(COLLEAGUES)
