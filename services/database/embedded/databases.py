"""The databases of a server that holds nothing but ours."""

import asyncpg


async def ensure_database(server_url: str, name: str) -> None:
    """Make the database unless it is there."""
    connection = await asyncpg.connect(server_url)
    try:
        if not await connection.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", name):
            await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
