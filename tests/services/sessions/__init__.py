"""Tests of what a signed-in person may know and do about their sign-in."""
