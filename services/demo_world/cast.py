"""The invented agencies and people of the demo as rows. They are plainly invented: every family name says so."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

CLIENT_ID = "concordat"
PLATFORM = "concordat-platform"
SERVICES = {"platform_worker": "Notice delivery", "referral_import": "Import of the public form"}

AGENCY = text("""
    INSERT INTO agency (code, name, on_platform, valid_from) VALUES (:code, :name, true, DATE '2009-04-01')
    ON CONFLICT (code) DO UPDATE SET on_platform = true
""")
FUNCTION = text("""
    INSERT INTO agency_function (agency_id, function, valid_from)
    SELECT a.id, :function, DATE '2009-04-01' FROM agency a WHERE a.code = :code
      AND NOT EXISTS (SELECT FROM agency_function f WHERE f.agency_id = a.id AND f.function = :function
                      AND f.valid_until IS NULL)
    ON CONFLICT DO NOTHING
""")
PROVIDER = text("""
    INSERT INTO provider (slug, agency_id, issuer, client_id)
    SELECT :code, a.id, :issuer, :client_id FROM agency a WHERE a.code = :code
    ON CONFLICT (slug) DO UPDATE SET issuer = excluded.issuer
""")
MEMBER = text("""
    INSERT INTO member (agency_id, provider_id, subject, display_name, email)
    SELECT p.agency_id, p.id, :subject, :name, :subject || '@' || p.slug || '.example' FROM provider p
    WHERE p.slug = :code
    ON CONFLICT (provider_id, subject) DO UPDATE SET email = coalesce(member.email, excluded.email)
""")
MEMBER_FUNCTION = text("""
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT m.id, :function, :level, DATE '2009-04-01' FROM member m JOIN provider p ON p.id = m.provider_id
    WHERE p.slug = :code AND m.subject = :subject
      AND NOT EXISTS (SELECT FROM member_function f WHERE f.member_id = m.id AND f.function = :function)
""")
TEAM = text("""
    INSERT INTO team (agency_id, function, name, is_intake)
    SELECT a.id, :function, :name, :intake FROM agency a WHERE a.code = :code
    ON CONFLICT (agency_id, function, name) DO NOTHING
""")
TEAM_MEMBERSHIP = text("""
    INSERT INTO team_membership (team_id, member_id, standing, from_at)
    SELECT t.id, m.id, :standing, TIMESTAMPTZ '2009-04-01 00:00Z'
    FROM team t JOIN agency a ON a.id = t.agency_id AND a.code = :code
    JOIN member m ON m.agency_id = a.id AND m.subject = :subject
    WHERE t.function = :function AND t.name = :name
      AND NOT EXISTS (SELECT FROM team_membership x WHERE x.team_id = t.id AND x.member_id = m.id)
""")
SERVICE_MEMBER = text("""
    INSERT INTO member (agency_id, display_name, is_service)
    SELECT a.id, :name, true FROM agency a WHERE a.code = :code
      AND NOT EXISTS (SELECT FROM member m WHERE m.agency_id = a.id AND m.display_name = :name)
""")
SERVICE_FUNCTION = text("""
    INSERT INTO member_function (member_id, function, access_level, valid_from)
    SELECT m.id, :function, 'service', DATE '2009-04-01' FROM member m JOIN agency a ON a.id = m.agency_id
    WHERE a.code = :code AND m.display_name = :name
      AND NOT EXISTS (SELECT FROM member_function f WHERE f.member_id = m.id AND f.function = :function)
""")
SERVICE_SESSION = text("""
    INSERT INTO session (secret_hash, member_id, agency_id, function, started_at, expires_at)
    SELECT sha256(convert_to(:secret, 'UTF8')), m.id, a.id, :function,
           TIMESTAMPTZ '2009-04-01 00:00Z', TIMESTAMPTZ '9999-01-01 00:00Z'
    FROM member m JOIN agency a ON a.id = m.agency_id WHERE a.code = :code AND m.display_name = :name
    ON CONFLICT (secret_hash) DO NOTHING
""")


def content() -> dict[str, Any]:
    """Agencies and people as the people file has them."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("people.json").read_text(encoding="utf-8"))
    return found


async def load(connection: AsyncConnection, *, issuer_url: str) -> None:
    """Put agencies, providers, people and teams into the database; what is there already stays."""
    cast = content()
    for code, agency in cast["agencies"].items():
        if not agency.get("on_platform", True):
            continue  # it has a sign-in, and two administrators of the platform may bring it in
        await connection.execute(AGENCY, {"code": code, "name": agency["name"]})
        for function in agency["functions"]:
            await connection.execute(FUNCTION, {"code": code, "function": function})
        issuer = {"code": code, "issuer": f"{issuer_url}/{code}", "client_id": CLIENT_ID}
        await connection.execute(PROVIDER, issuer)
        await _people(connection, code, cast["people"][code])
        await _teams(connection, code, agency["teams"])


async def load_services(connection: AsyncConnection, secrets: dict[str, str]) -> None:
    """The platform's own machines, each with a session of its own; `secrets` by function."""
    await connection.execute(AGENCY, {"code": PLATFORM, "name": "Concordat platform"})
    for function, name in SERVICES.items():
        service = {"code": PLATFORM, "name": name, "function": function, "secret": secrets[function]}
        for statement in (FUNCTION, SERVICE_MEMBER, SERVICE_FUNCTION, SERVICE_SESSION):
            names = statement.compile().params
            await connection.execute(statement, {key: value for key, value in service.items() if key in names})


async def _people(connection: AsyncConnection, code: str, people: list[dict[str, Any]]) -> None:
    for person in people:
        if not person["functions"]:
            continue  # the agency's provider knows them, and nobody has added them here
        row = {"code": code, "subject": person["subject"]}
        await connection.execute(MEMBER, row | {"name": person["name"]})
        for function, level in person["functions"].items():
            await connection.execute(MEMBER_FUNCTION, row | {"function": function, "level": level})


async def _teams(connection: AsyncConnection, code: str, teams: list[dict[str, Any]]) -> None:
    for team in teams:
        named = {"code": code, "function": team["function"], "name": team["name"]}
        await connection.execute(TEAM, named | {"intake": team["intake"]})
        for standing, subjects in (("member", team["members"]), ("manager", team["managers"])):
            for subject in subjects:
                await connection.execute(TEAM_MEMBERSHIP, named | {"standing": standing, "subject": subject})
