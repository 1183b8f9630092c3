"""Waiting: what a case waits for in one agency's own eyes, and until when it sleeps."""
