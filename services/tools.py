"""What services need from outside. Plain values go in; nothing here knows HTTP or GraphQL."""

from dataclasses import dataclass

from services.database.engine import Database


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world of one process."""

    database: Database

    async def close(self) -> None:
        """Give back what was opened."""
        await self.database.close()


def open_tools(app_database_url: str, *, pool_size: int = 10) -> Tools:
    """Open the pool of the application role; no connection is made before the first operation."""
    return Tools(database=Database(app_database_url, pool_size=pool_size))
