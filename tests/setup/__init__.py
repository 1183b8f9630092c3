"""Tests of what a fresh machine meets first: set-up, locks, containers."""
