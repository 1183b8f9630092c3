"""Tests of the work."""
