"""Imports: the public referral form's own message, read into the platform's words or refused whole."""
