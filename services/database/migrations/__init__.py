"""Alembic migrations: numbered, one head, never edited once landed."""
