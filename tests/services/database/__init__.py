"""Tests of everything that knows SQL."""
