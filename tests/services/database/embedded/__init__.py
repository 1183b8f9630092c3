"""Tests of the embedded PostgreSQL and its supervisor."""
