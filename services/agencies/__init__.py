"""Agencies: who is on the platform and what each does in the mechanism, with dates."""
