"""Servers that leak, each in one of the ways that servers do: what the pairs must find before their silence counts."""

from dataclasses import replace
from typing import Any

from sqlalchemy import text

from services import gate
from services.attachments import queries as files
from services.attachments import store as attachments
from services.cases import commands, disclosure, queries
from services.cases.disclosure import record_view
from services.cases.store import reads
from services.cases.views import Withheld
from services.caveats import store as caveats
from services.errors import NotFound, Refused
from tests.noninterference.sharing_plants import (
    OF_AUTHORS,
    PATCH,
    Seed,
    links_of_either_case,
    requests_of_others,
    rewritten,
    shares_of_others,
)
from tests.noninterference.side import Plant
from tests.world.platform import Platform

VERSIONS = """
    CREATE FUNCTION planted_versions(the_record uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT count(*) FROM group_content g WHERE g.record_id = the_record)
"""
PARTS = """
    CREATE FUNCTION planted_versions(the_record uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT count(*) FROM meeting_part p WHERE p.record_id = the_record AND NOT p.is_open)
"""
GROUPS = """
    CREATE FUNCTION planted_groups(the_record uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
    RETURN ARRAY(SELECT DISTINCT g.data_group FROM group_content g WHERE g.record_id = the_record)
"""
LINKS = """
    CREATE FUNCTION planted_versions(the_record uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT count(*) FROM case_link l WHERE the_record IN (l.one_id, l.other_id))
"""
REQUESTS = """
    CREATE FUNCTION planted_versions(the_record uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    RETURN (SELECT count(*) FROM information_request q WHERE q.record_id = the_record)
"""
FILES_OF_OTHER_GROUPS = """
    ALTER POLICY admitted ON attachment USING ((record_id, 'core') IN (SELECT * FROM admitted()))
"""
EXISTS = """
    CREATE FUNCTION planted_exists(the_record text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    RETURN EXISTS (SELECT FROM record r WHERE r.id::text = the_record)
"""


def in_the_database(function: str, old: str, new: str) -> Seed:
    """A leak that is one change of the gatekeeper."""

    def seed(_: PATCH) -> Plant:
        async def plant(platform: Platform) -> None:
            await rewritten(platform, function, old, new)

        return plant

    return seed


def with_a_function(definition: str) -> Plant:
    """What a planted service asks in the database."""

    async def plant(platform: Platform) -> None:
        await platform.admin.execute(definition)

    return plant


def version_that_counts(definition: str) -> Seed:
    """The version that everybody sees counts what is written where they do not see it."""

    def seed(patch: PATCH) -> Plant:
        said = "coalesce(stage.changes, 0) + lead.steps"
        source = str(reads.READ)
        assert said in source
        kinds = {column.name: column.type for column in reads.READ.selected_columns}
        changed = text(source.replace(said, f"{said} + planted_versions(r.id)")).columns(**kinds)
        patch.setattr(reads, "READ", changed)
        return with_a_function(definition)

    return seed


def refused_where_there_is_something(patch: PATCH) -> Plant:
    """Whoever may not know a record is told that they may not, instead of that there is none."""
    honest = commands._at_version

    async def leaking(reading: Any, lookup: str, *rest: Any) -> Any:
        found = await honest(reading, lookup, *rest)
        asked = text("SELECT planted_exists(:lookup) AS yes")
        if isinstance(found, NotFound) and (await reading.row(asked, lookup=lookup))["yes"]:
            return Refused(None, "Your function and your relation to this record do not allow this.")
        return found

    patch.setattr(commands, "_at_version", leaking)
    return with_a_function(EXISTS)


def withheld_where_there_is_something(patch: PATCH) -> Plant:
    """A group that is not for the reader says so only when it holds something; empty, it is null."""
    honest, said = record_view, "coalesce(stage.changes, 0) + lead.steps"
    source = str(reads.READ)
    assert said in source
    kinds = {column.name: column.type for column in reads.READ.selected_columns}
    changed = text(source.replace(said, f"planted_groups(r.id) AS planted, {said}")).columns(**kinds)
    patch.setattr(reads, "READ", changed)

    def leaking(row: Any, *rest: Any) -> Any:
        view = honest(row, *rest)
        groups = {g: None if isinstance(v, Withheld) and g not in row["planted"] else v for g, v in view.groups.items()}
        return replace(view, groups=groups)

    patch.setattr(queries, "record_view", leaking)
    return with_a_function(GROUPS)


def a_list_though_nothing_stands_in_it(patch: PATCH) -> Plant:
    """A list that is open is there even while it is empty, although being open tells what somebody is."""
    honest = disclosure._entries

    def leaking(group: Any, found: Any, admission: Any, asked: Any, make: Any, *beside: Any) -> Any:
        is_open = group in asked & (admission.permit.see | admission.permit.summary)
        return honest(group, found, admission, asked, make, *beside, is_open)

    patch.setattr(disclosure, "_entries", leaking)
    return with_a_function("SELECT 1")


def entries_of_everybody(patch: PATCH) -> Plant:
    """Whoever may ask for entries under a caveat is given those of all agencies: neither wall asks who wrote them."""
    own, named = "e.agency_id = :agency AND e.function = :function", "m.display_name AS writer"
    source = str(caveats.ENTRIES)
    assert own in source
    assert named in source
    anybody = source.replace(own, "CAST(:agency AS uuid) IS NOT NULL AND CAST(:function AS text) IS NOT NULL")
    # Colleagues are named to their own agency only: whose entries these are is no help against reading them.
    nameless = anybody.replace(named, "'' AS writer").replace("JOIN member m", "LEFT JOIN member m")
    patch.setattr(caveats, "ENTRIES", text(nameless))

    async def plant(platform: Platform) -> None:
        await platform.admin.execute("DROP POLICY own_admitted ON caveated_entry")
        await platform.admin.execute(
            "CREATE POLICY admitted ON caveated_entry FOR SELECT TO concordat_app"
            " USING ((record_id, 'caveated') IN (SELECT * FROM admitted()))"
        )

    return plant


def a_file_of_a_hidden_group(patch: PATCH) -> Plant:
    """Whoever may know of a record is told which files it has, whatever group they belong to."""

    async def leaking(reading: Any, lookup: str, group: Any) -> Any:
        admission = (await gate.look(reading, [lookup], {group})).get(lookup)
        return await attachments.read(reading, admission.record_id, [group]) if admission else None

    patch.setattr(files, "of_group", leaking)
    return with_a_function(FILES_OF_OTHER_GROUPS)


PLANTS: dict[str, Seed] = {
    "t7 a page is cut before what is hidden is taken out": in_the_database(
        "agency_records(text, timestamptz, uuid, integer)",
        "AND is_listed(i, people, teams, known, me)\n",
        "\n",
    ),
    "t8 a list is ordered by a number that hidden changes move": in_the_database(
        "my_records(text, date, timestamptz, uuid, integer)",
        "ORDER BY coalesce",
        "ORDER BY (SELECT r.access_version FROM record r WHERE r.id = i.record_id), coalesce",
    ),
    "t9 a version counts hidden writes": version_that_counts(VERSIONS),
    "t9 a version counts closed parts": version_that_counts(PARTS),
    "t6 a number is unique among all agencies": in_the_database(
        "arrivals(jsonb[])", "f.source_agency_id = (SELECT agency FROM me WHERE may_know)", "(SELECT may_know FROM me)"
    ),
    "t7 a cursor carries a hidden count": in_the_database(
        "agency_records(text, timestamptz, uuid, integer)",
        "SELECT i.record_id, i.from_at FROM",
        "SELECT i.record_id, i.from_at + interval '1 microsecond' * (SELECT count(*) FROM involvement o"
        " WHERE o.record_id = i.record_id) FROM",
    ),
    "t5 an error says that there is something": refused_where_there_is_something,
    "t2 a notice is found by its own id whosever it is": in_the_database(
        "my_notice(uuid)", "ON n.agency_id = me.agency_id AND n.function = me.function", "ON true"
    ),
    "t5 what is withheld is said only where there is something": withheld_where_there_is_something,
    "t5 a list is there while nothing stands in it": a_list_though_nothing_stands_in_it,
    "t2 an entry is read by whoever has the case": entries_of_everybody,
    "t9 a version counts requests": version_that_counts(REQUESTS),
    "t8 a case sleeps by what others noted": in_the_database(
        "sleeps_until(uuid, uuid, text)", "AND n.agency_id = the_agency AND n.function = the_function", ""
    ),
    "t9 a version counts links": version_that_counts(LINKS),
    "t5 a file is listed whatever its group": a_file_of_a_hidden_group,
    "t2 a request is read by whoever sees requests": requests_of_others,
    "t2 a share is read by whoever sees shares": shares_of_others,
    "t2 a link is told to whoever knows one case": links_of_either_case,
    "t12 a reference is compared for who does not read it": in_the_database(
        "possible_duplicates(uuid, integer)",
        "FROM seen s CROSS JOIN LATERAL reference_keys",
        "FROM (SELECT w.record_id, g.data_group, g.content FROM who w JOIN group_content g"
        " ON g.record_id = w.record_id) s CROSS JOIN LATERAL reference_keys",
    ),
    "t25 a ledger tells who wrote under a caveat": in_the_database(
        "ledger_in_sight(jsonb, timestamptz, uuid, integer)", OF_AUTHORS, ""
    ),
}
