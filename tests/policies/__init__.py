"""Tests of the rules: typed by hand first, then compared cell by cell."""
