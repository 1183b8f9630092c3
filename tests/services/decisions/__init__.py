"""Tests of the rules of decisions."""
