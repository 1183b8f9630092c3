"""Referrals: what a first responder sent in, checked and on its way to becoming a case."""
