"""Notices: what an agency must know at once, and the worker that delivers them."""
