"""Tests of drafts, their checks and what may be kept of them."""
