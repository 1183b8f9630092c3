"""Tests of what only the demo has."""
