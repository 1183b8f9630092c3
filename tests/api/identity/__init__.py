"""Tests of who is at the door."""
