"""Send an SQL script of several statements on a connection, which only the driver itself can do."""

from sqlalchemy import Connection


def run_script(connection: Connection, text: str) -> None:
    """Run every statement of `text` in the connection's transaction; the first error ends it."""
    adapted = connection.connection.dbapi_connection
    if adapted is None:
        raise RuntimeError("the connection is closed")
    adapted.run_async(lambda driver: driver.execute(text))
