"""Tests of strategy meetings without a database."""
