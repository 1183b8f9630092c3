"""Builds the demo world; done at every start of the demo, and changes nothing the second time."""

from sqlalchemy.ext.asyncio import create_async_engine

from services.agencies import directory_store
from services.database.engine import asyncpg_url
from services.demo_world import cast, contacts


async def build(admin_url: str, *, public_url: str, issuer_url: str, worker_secret: str, importer_secret: str) -> None:
    """The directory of bodies, the invented agencies with their providers at `issuer_url`, and the service sessions."""
    engine = create_async_engine(asyncpg_url(admin_url), hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await directory_store.load(connection)
            await cast.load(connection, issuer_url=issuer_url)
            await contacts.load(connection)
            await cast.load_services(connection, {"platform_worker": worker_secret, "referral_import": importer_secret})
    finally:
        await engine.dispose()
