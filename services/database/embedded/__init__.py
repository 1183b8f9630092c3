"""A PostgreSQL 18 of our own: the binaries of a wheel under a small supervisor."""
