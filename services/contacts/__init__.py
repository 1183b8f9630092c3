"""Whom to reach at an agency, on the platform or not: contact points and who is on duty, with dates."""
