"""Tests of what only a demo or a developer starts."""
