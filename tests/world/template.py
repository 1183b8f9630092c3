"""What every test database starts with: the directory, the demo's people, service sessions, and a clock to set."""

import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine

from services.database import walls
from services.database.engine import asyncpg_url
from services.demo_world.build import build as build_demo_world

WORKER_SECRET = "test-worker-secret-0000000000000000"
IMPORTER_SECRET = "test-importer-secret-000000000000"
PUBLIC_URL = "http://127.0.0.1:8000"
ISSUER_URL = "http://127.0.0.1:8001"

# The only place where time is replaced: rules ask moment(), and here moment() asks a row.
SETTABLE_CLOCK = """
    CREATE TABLE test_clock (one boolean PRIMARY KEY DEFAULT true CHECK (one), at timestamptz);
    INSERT INTO test_clock (at) VALUES (NULL);
    GRANT SELECT ON test_clock TO PUBLIC;
    CREATE OR REPLACE FUNCTION moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT coalesce(at, transaction_timestamp()) FROM public.test_clock);
"""


async def build(admin_url: str) -> None:
    """Fill a prepared database."""
    await build_demo_world(
        admin_url,
        public_url=PUBLIC_URL,
        issuer_url=ISSUER_URL,
        worker_secret=WORKER_SECRET,
        importer_secret=IMPORTER_SECRET,
    )
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(SETTABLE_CLOCK)
    finally:
        await connection.close()
    await remember(admin_url)


async def remember(admin_url: str) -> None:
    """What stands now is what should stand: the clock is ours."""
    engine = create_async_engine(asyncpg_url(admin_url))
    async with engine.begin() as connection:
        await walls.remember(connection)
    await engine.dispose()
