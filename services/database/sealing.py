"""Client secrets of providers are sealed with another key, those from before with their first one; for `migrate`."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.database.engine import asyncpg_url
from services.secret_box import SecretBox

KEPT = text("SELECT id, slug, client_secret FROM provider WHERE client_secret IS NOT NULL FOR UPDATE")
KEEP = text("UPDATE provider SET client_secret = :secret WHERE id = :id")


async def seal_anew(admin_url: str, box: SecretBox) -> int:
    """Every secret under the first key, in one transaction; how many. Safe to run again."""
    engine = create_async_engine(asyncpg_url(admin_url), hide_parameters=True)
    try:
        async with engine.begin() as connection:
            kept = (await connection.execute(KEPT)).all()
            for row in kept:
                sealed = box.sealed_anew(row.slug, row.client_secret)
                await connection.execute(KEEP, {"id": row.id, "secret": sealed})
    finally:
        await engine.dispose()
    return len(kept)
