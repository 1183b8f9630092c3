"""Tests of what a reviewer is told about a change of the rules."""
