"""Dates that must not be missed, each with the proof of how it was counted."""
