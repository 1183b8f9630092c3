"""Leaving: a membership ends at once, and what was theirs goes to those who stay."""
