"""Signing in and out: the one slice without an actor, because it runs before anyone is known."""
